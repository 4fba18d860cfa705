using System.Diagnostics;
using Sampan.Store.Embedded;

namespace Sampan.Store.Tests.Embedded;

public sealed class EmbeddedStoreTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    private string Path => _directory.File("data/kv.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_AgainAfterClose_FindsEverything()
    {
        long lease;
        await using (var store = await OpenAsync())
        {
            await store.SetAsync("/a", "1");
            await store.SetAsync("/a", "2");
            lease = await store.GrantLeaseAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
            await store.SetAsync("/leased", "x", lease);
        }

        await using var again = await OpenAsync();
        Assert.Equal(4, again.Revision);
        Assert.Equal(["2 /a=1<", "3 /a=2<1", "4 /leased=x<"], await again.EventsAsync("/", 2, 3));
        _time.Advance(TimeSpan.FromSeconds(11));
        while (await again.ValueAsync("/leased") is not null)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Open_Twice_NamesTheOtherProcess()
    {
        await using var store = await OpenAsync();
        var e = await Assert.ThrowsAsync<StoreException>(OpenAsync);
        Assert.Contains("in use by another process", e.Message);
    }

    [Fact]
    public async Task Open_NewFile_IsReadableByTheOwnerOnly()
    {
        await using var store = await OpenAsync();
        await store.SetAsync("/a", "1");
        foreach (var suffix in new[] { "", "-wal", ".lock" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path + suffix));
        }
    }

    [Fact]
    public async Task Commit_ManyAtOnce_SharesSyncs()
    {
        await using var store = await OpenAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.SetAsync($"/{i}", "x")));
        Assert.Equal(Enumerable.Range(2, 500).Select(r => (long)r), results.Order());
        Assert.InRange(store.Groups, 2, 400);
    }

    [Fact]
    public async Task Commit_NoSpaceLeft_IsRefusedUntilThereIs()
    {
        await using var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path, Time = _time, MaxBytes = 1 << 20 });
        await store.SetAsync("/a", "small");
        var e = await Assert.ThrowsAsync<StoreException>(() => store.SetAsync("/big", new string('x', 2 << 20)));
        Assert.Contains("no space left", e.Message);
        Assert.Equal("small", await store.ValueAsync("/a"));
        Assert.Equal(2, store.Revision);
        Assert.Equal(3, await store.SetAsync("/a", "again"));
        Assert.Equal(["2 /a=small<", "3 /a=again<small"], await store.EventsAsync("/", 2, 2));
    }

    [Fact]
    public async Task Subscribe_CommitReturns_ObserverHasSeenIt()
    {
        await using var store = await OpenAsync();
        var observer = new RecordingObserver();
        using var subscription = store.Subscribe("/", observer);
        for (var i = 0; i < 100; i++)
        {
            var revision = await store.SetAsync("/a", $"{i}");
            Assert.Equal(revision, observer.Batches[^1].Revision);
        }
    }

    [Fact]
    public async Task Compaction_SteadyLoad_KeepsTheFileBounded()
    {
        await using var store = await OpenAsync();
        var sizes = new List<long>();
        for (var minute = 0; minute < 30; minute++)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.SetAsync($"/{i % 50}", new string((char)('a' + minute), 2000))));
            _time.Advance(TimeSpan.FromMinutes(1));
            while (minute >= 6 && store.CompactedRevision < ((minute - 6) * 200) + 1)
            {
                await Task.Yield();
            }

            sizes.Add(await CheckpointedSizeAsync(store));
        }

        Assert.True(sizes[^1] <= sizes[10] * 3 / 2, string.Join(' ', sizes));
        Assert.True(store.CompactedRevision < store.Revision - 900);
        Assert.Equal(50, (await store.KeysAsync("/")).Count);
    }

    [Fact]
    public async Task Compaction_AfterABurst_ShrinksTheFile()
    {
        await using var store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 4000).Select(i => store.SetAsync("/a", new string('x', 4000))));
        var before = await CheckpointedSizeAsync(store);
        await store.CompactAsync(store.Revision, CancellationToken.None);
        while (new FileInfo(Path).Length > before / 4)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await store.SetAsync("/tick", "");
            await Task.Yield();
        }

        Assert.Equal(4000, (await store.GetAsync("/a", CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Compaction_IdleStore_WritesNothing()
    {
        await using var store = await OpenAsync();
        await store.SetAsync("/a", "1");
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        while (store.CompactedRevision < 2)
        {
            await Task.Yield();
        }

        await FlushAsync(store);
        var before = (File.GetLastWriteTimeUtc(Path), File.GetLastWriteTimeUtc(Path + "-wal"), new FileInfo(Path + "-wal").Length);
        _time.Advance(TimeSpan.FromHours(1));
        await FlushAsync(store);
        Assert.Equal(before, (File.GetLastWriteTimeUtc(Path), File.GetLastWriteTimeUtc(Path + "-wal"), new FileInfo(Path + "-wal").Length));
    }

    [Fact]
    public async Task Snapshot_WhileWriting_RestoresOneMoment()
    {
        var snapshot = _directory.File("snapshot.db");
        await using (var store = await OpenAsync())
        {
            await store.SetAsync("/a", "1");
            var writing = Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.SetAsync($"/w/{i:d4}", $"{i}")));
            await store.SnapshotAsync(snapshot, CancellationToken.None);
            await writing;
            await Assert.ThrowsAsync<StoreException>(async () => await store.SnapshotAsync(snapshot, CancellationToken.None));
        }

        var restored = _directory.File("restored/kv.db");
        await StoreSnapshot.RestoreAsync(snapshot, restored, skipRevisions: 1000);
        await using var again = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = restored });
        Assert.Equal("1", await again.ValueAsync("/a"));
        var written = await again.RangeAsync("/w/", default, CancellationToken.None);
        Assert.Equal(again.Revision - 1000, written.Items.Select(i => i.ModRevision).Append(2).Max());
        await Assert.ThrowsAsync<CompactedException>(() => again.EventsAsync("/", 3, 1));
        Assert.Equal(again.Revision + 1, await again.SetAsync("/a", "2"));
    }

    [Fact]
    public async Task Restore_OverAStore_Refuses()
    {
        var snapshot = _directory.File("snapshot.db");
        await using (var store = await OpenAsync())
        {
            await store.SnapshotAsync(snapshot, CancellationToken.None);
            var running = await Assert.ThrowsAsync<StoreException>(() => StoreSnapshot.RestoreAsync(snapshot, Path));
            Assert.Contains("in use", running.Message);
        }

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSnapshot.RestoreAsync(snapshot, Path));
        Assert.Contains("exists already", e.Message);
        File.Move(Path, Path + ".old");
        await File.WriteAllTextAsync(Path + "-wal", "left behind", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StoreException>(() => StoreSnapshot.RestoreAsync(snapshot, Path));
        File.Delete(Path + "-wal");
        await StoreSnapshot.RestoreAsync(snapshot, Path);
    }

    [Fact]
    public async Task Restore_DamagedSnapshot_Refuses()
    {
        var snapshot = _directory.File("snapshot.db");
        await File.WriteAllTextAsync(snapshot, new string('x', 5000), TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSnapshot.RestoreAsync(snapshot, Path));
        Assert.Contains("cannot be restored", e.Message);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task File_WhileRunning_IsReadableBySqlite3()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/sqlite3"), "the sqlite3 program is not installed");
        await using var store = await OpenAsync();
        await store.SetAsync("/registry/pods/default/web", "{\"kind\":\"Pod\"}");
        await store.SetAsync("/registry/pods/default/gone", "x");
        await store.DeleteAsync("/registry/pods/default/gone");
        var start = new ProcessStartInfo("/usr/bin/sqlite3", ["-readonly", Path, "SELECT key, revision, version, value FROM objects"])
        {
            RedirectStandardOutput = true,
        };
        using var sqlite = Process.Start(start)!;
        Assert.Equal("/registry/pods/default/web|2|1|{\"kind\":\"Pod\"}\n", await sqlite.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await sqlite.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Subscribe_ObserverThrows_StopsTheStoreWithTheReason()
    {
        await using var store = await OpenAsync();
        var other = new RecordingObserver();
        store.Subscribe("/", new ThrowingObserver());
        store.Subscribe("/", other);
        var e = await Assert.ThrowsAsync<StoreException>(() => store.SetAsync("/a", "1"));
        Assert.Contains("restart", e.Message);
        Assert.Same(e, await Assert.ThrowsAsync<StoreException>(() => store.SetAsync("/b", "1")));
        await Assert.ThrowsAsync<StoreException>(async () => await store.CurrentRevisionAsync(CancellationToken.None));
        await store.DisposeAsync();
        Assert.Same(e, other.Lost);
        await using var again = await OpenAsync();
        Assert.Equal("1", await again.ValueAsync("/a"));
    }

    [Fact]
    public async Task Commit_AfterClose_IsRefused()
    {
        var store = await OpenAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreException>(() => store.SetAsync("/a", "1"));
        await Assert.ThrowsAsync<StoreException>(() => store.ValueAsync("/a"));
    }

    private sealed class ThrowingObserver : IStoreObserver
    {
        public void OnBatch(StoreBatch batch) => throw new InvalidOperationException("a bug");

        public void OnLost(StoreException reason)
        {
        }
    }

    private Task<EmbeddedStore> OpenAsync() => EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path, Time = _time });

    /// <summary>Waits until what is queued at the writer is done, without writing.</summary>
    private static async Task FlushAsync(EmbeddedStore store) =>
        await store.CommitAsync(new Transaction([Compare.Absent("/none")], []), CancellationToken.None);

    private async Task<long> CheckpointedSizeAsync(EmbeddedStore store)
    {
        await FlushAsync(store);
        return new FileInfo(Path).Length;
    }
}
