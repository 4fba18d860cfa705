using Sampan.Api.Selectors;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Tests.Watch;

/// <summary>
/// Whatever happens and whenever a client starts: a list of some revision and the watch after it, replayed, give what a new list
/// gives. Each change is told once, as an addition, a change or a deletion that fits what the client knew.
/// </summary>
public sealed class WatchReplayTests
{
    private static readonly ObjectFilter[] Filters =
    [
        ObjectFilter.Everything,
        new() { Namespace = "ns1" },
        new() { Namespace = "ns0", Name = "p1" },
        new() { Fields = FieldSelector.Parse("spec.nodeName=n1") },
        new() { Fields = FieldSelector.Parse("spec.nodeName=n0"), Labels = Selector.Parse("app=a") },
        new() { Labels = Selector.Parse("app in (a, b)") },
        new() { Labels = Selector.Parse("!app"), Namespace = "ns2" },
        new() { Fields = FieldSelector.Parse("metadata.name=p2") },
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Replay_RandomChanges_GivesTheNewestList(int seed)
    {
        var random = new Random(seed);
        await using var fixture = await CacheFixture.StartAsync();
        var clients = new List<Client>();
        for (var i = 0; i < 400; i++)
        {
            await ChangeAsync(fixture, random);
            if (random.Next(8) == 0)
            {
                clients.Add(await StartAsync(fixture, random, clients.Count));
            }

            if (clients.Count > 0)
            {
                clients[random.Next(clients.Count)].ReadAll();
            }
        }

        Assert.All(clients, client => client.AssertSees(fixture.Pods.Snapshot()));
        clients.ForEach(client => client.Watcher.Dispose());
    }

    private static async Task ChangeAsync(CacheFixture fixture, Random random)
    {
        var (ns, name) = ($"ns{random.Next(3)}", $"p{random.Next(5)}");
        if (random.Next(4) == 0)
        {
            await fixture.DeleteAsync(ns, name);
            return;
        }

        (string, string)[] labels = random.Next(3) switch { 0 => [], 1 => [("app", "a")], _ => [("app", "b")] };
        await fixture.PutAsync(CacheFixture.NewPod(ns, name, $"n{random.Next(3)}", labels), companion: random.Next(2) == 0);
    }

    private static async Task<Client> StartAsync(CacheFixture fixture, Random random, int number)
    {
        var filter = Filters[number % Filters.Length];
        if (random.Next(3) == 0)
        {
            return new Client(filter, fixture.Pods.Watch(new WatchOptions { Filter = filter, InitialEvents = true, MarkInitialEventsEnd = true }), []);
        }

        var revision = random.NextInt64(1, fixture.Feed.Revision + 1);
        var snapshot = await fixture.Pods.SnapshotAtAsync(revision, CancellationToken.None);
        return new Client(filter, fixture.Pods.Watch(new WatchOptions { Filter = filter, After = revision }), Client.List(snapshot!, filter));
    }

    private sealed class Client(ObjectFilter filter, CacheWatcher watcher, Dictionary<string, long> known)
    {
        private long _last;

        public CacheWatcher Watcher => watcher;

        public static Dictionary<string, long> List(CacheSnapshot snapshot, ObjectFilter filter) => snapshot.Items().ToList()
            .Where(item => filter.Matches(item, CacheFixture.PodOptions.Selectable))
            .ToDictionary(item => item.Key, item => item.Revision);

        public void ReadAll()
        {
            var initial = _last == 0 && watcher.Options.InitialEvents;
            while (watcher.TryRead(out var item))
            {
                initial &= item.Type != CacheEventType.InitialEventsEnd;
                if (item.Object is not { } current)
                {
                    continue;
                }

                Assert.True(initial || item.Revision > _last, "events come in order");
                _last = item.Revision;
                Assert.Equal(item.Type != CacheEventType.Added, known.ContainsKey(current.Key));
                if (item.Type == CacheEventType.Deleted)
                {
                    known.Remove(current.Key);
                }
                else
                {
                    known[current.Key] = current.Revision;
                }
            }
        }

        public void AssertSees(CacheSnapshot snapshot)
        {
            ReadAll();
            Assert.Equal(List(snapshot, filter).OrderBy(p => p.Key), known.OrderBy(p => p.Key));
        }
    }
}
