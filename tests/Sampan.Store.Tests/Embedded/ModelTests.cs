using Sampan.Store.Embedded;

namespace Sampan.Store.Tests.Embedded;

/// <summary>Random operations on the store and on <see cref="StoreModel"/> must agree, across reopening and compaction.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task RandomOperations_AnySeed_AgreeWithTheModel(int seed)
    {
        var random = new Random(seed);
        var model = new StoreModel();
        var compacted = 0L;
        for (var round = 0; round < 4; round++)
        {
            await using var store = await EmbeddedStore.OpenAsync(
                new EmbeddedStoreOptions { Path = _directory.File("kv.db"), Durable = false, RecentRevisions = 16 });
            Assert.Equal(model.Revision, store.Revision);
            for (var i = 0; i < 150; i++)
            {
                await MutateAsync(store, model, random);
                await ReadAsync(store, model, random, compacted);
            }

            compacted = Math.Max(compacted, random.NextInt64(1, model.Revision + 1));
            await store.CompactAsync(compacted, CancellationToken.None);
            await CompareHistoryAsync(store, model, compacted);
        }
    }

    private static string Key(Random random) => $"/{random.Next(3)}/{random.Next(4)}";

    private static async Task MutateAsync(EmbeddedStore store, StoreModel model, Random random)
    {
        var keys = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Key(random)).Distinct().ToList();
        var mutations = keys.Select(k => (k, random.Next(3) == 0 ? null : $"v{random.Next(1000)}")).ToList();
        var compares = keys.Where(_ => random.Next(2) == 0).Select(k => Compare.ModRevision(k, random.Next(5) == 0 ? 7 : model.ModRevision(k))).ToList();
        var expected = model.Commit(compares, mutations);
        var transaction = new Transaction(compares, [.. mutations.Select(m => m.Item2 is { } v ? (Mutation)new Put(m.k, v.Bytes()) : new Delete(m.k))]);
        var actual = await store.CommitAsync(transaction, CancellationToken.None);
        Assert.Equal(expected, (actual.Succeeded, actual.Revision));
    }

    private static async Task ReadAsync(EmbeddedStore store, StoreModel model, Random random, long compacted)
    {
        var key = Key(random);
        Assert.Equal(model.Value(key, model.Revision), await store.ValueAsync(key));
        var revision = random.NextInt64(Math.Max(1, compacted), model.Revision + 1);
        var prefix = $"/{random.Next(3)}/";
        var range = await store.RangeAsync(prefix, new RangeOptions { Revision = revision }, CancellationToken.None);
        Assert.Equal(model.Range(prefix, revision), range.Items.Select(i => $"{i.Key}={i.Text()}"));
        var page = await store.RangeAsync(prefix, new RangeOptions { Revision = revision, Limit = 2 }, CancellationToken.None);
        Assert.Equal((string.Join(' ', range.Items.Take(2).Select(i => i.Key)), range.Items.Count), (string.Join(' ', page.Items.Select(i => i.Key)), page.Count));
    }

    private static async Task CompareHistoryAsync(EmbeddedStore store, StoreModel model, long compacted)
    {
        var expected = model.Changes.Where(c => long.Parse(c[..c.IndexOf(' ')]) > compacted).ToList();
        var actual = expected.Count == 0 ? [] : await store.EventsAsync("/", compacted + 1, expected.Count);
        Assert.Equal(expected, actual.Select(e => e[..e.IndexOf('<')]));
    }
}
