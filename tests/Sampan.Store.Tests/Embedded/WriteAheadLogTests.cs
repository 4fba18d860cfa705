using Sampan.Store.Embedded;

namespace Sampan.Store.Tests.Embedded;

/// <summary>A torn end of the write-ahead log is cut off; damage before acknowledged writes is an error, not a silent loss.</summary>
public sealed class WriteAheadLogTests : IDisposable
{
    private const int Writes = 60;

    private readonly TestDirectory _directory = new();
    private readonly Random _random = new(7);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_TruncatedLog_GivesAPrefixOfTheWrites()
    {
        var (database, log) = await WriteAsync();
        for (var i = 0; i < 20; i++)
        {
            await using var store = await OpenAsync(database, log[.._random.Next(log.Length)], i);
            await AssertPrefixAsync(store);
        }
    }

    [Fact]
    public async Task Open_BrokenLastFrame_GivesAPrefixOfTheWrites()
    {
        var (database, log) = await WriteAsync();
        for (var i = 0; i < 10; i++)
        {
            var broken = log.ToArray();
            broken[^_random.Next(1, 4000)] ^= 0x40;
            await using var store = await OpenAsync(database, broken, i);
            await AssertPrefixAsync(store);
        }
    }

    [Fact]
    public async Task Open_BrokenInTheMiddle_SaysWhatToDo()
    {
        var (database, log) = await WriteAsync();
        for (var i = 0; i < 10; i++)
        {
            var broken = log.ToArray();
            broken[_random.Next(100, log.Length / 2)] ^= 0x01;
            var e = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(database, broken, i));
            Assert.Contains("write-ahead log is broken in the middle", e.Message);
            Assert.Contains("restore a snapshot", e.Message);
        }
    }

    [Fact]
    public async Task Open_BrokenDatabase_SaysWhatToDo()
    {
        var path = _directory.File("kv.db");
        await using (var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = path, Durable = false }))
        {
            for (var i = 0; i < 500; i++)
            {
                await store.SetAsync($"/{i}", new string('x', 500));
            }
        }

        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        for (var at = 4096 * 3; at < bytes.Length - 4096; at += 4096)
        {
            bytes.AsSpan(at, 64).Fill(0xee);
        }

        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAsync<StoreException>(() => EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = path }));
        Assert.Contains("is damaged", e.Message);
        Assert.Contains("restore a snapshot", e.Message);
    }

    [Fact]
    public async Task Open_NotADatabase_SaysWhatToDo()
    {
        var path = _directory.File("kv.db");
        await File.WriteAllTextAsync(path, new string('?', 9000), TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAsync<StoreException>(() => EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = path }));
        Assert.Contains("is damaged", e.Message);
    }

    private static async Task AssertPrefixAsync(EmbeddedStore store)
    {
        var range = await store.RangeAsync("/", default, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, (int)store.Revision - 1).Select(i => $"/{i:d4}={i}"), range.Items.Select(i => $"{i.Key}={i.Text()}"));
    }

    /// <summary>The files of a store that was not closed.</summary>
    private async Task<(byte[] Database, byte[] Log)> WriteAsync()
    {
        var path = _directory.File("source.db");
        await using var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = path });
        for (var i = 0; i < Writes; i++)
        {
            await store.SetAsync($"/{i:d4}", $"{i}");
        }

        return (await ReadAsync(path), await ReadAsync(path + "-wal"));
    }

    private static async Task<byte[]> ReadAsync(string path) => await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    private async Task<EmbeddedStore> OpenAsync(byte[] database, byte[] log, int number)
    {
        var path = _directory.File($"copy-{number}.db");
        await File.WriteAllBytesAsync(path, database, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path + "-wal", log, TestContext.Current.CancellationToken);
        return await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = path });
    }
}
