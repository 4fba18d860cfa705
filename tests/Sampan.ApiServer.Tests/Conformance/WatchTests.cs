using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>Watches of config maps, alone and beside each other.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private TestServer _server = null!;

    private ResourceClient<ConfigMap> Maps => _server.Client.Of<ConfigMap>();

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Watchers_OfLabelsAandB_EachSeeTheirOwnEvents()
    {
        var start = (await Maps.ListAsync("default", default)).ResourceVersion;
        foreach (var label in (string[])["A", "B"])
        {
            var map = await Maps.CreateAsync(New($"map-{label}".ToLowerInvariant(), label), default);
            map = await MutateAsync(map, 1);
            await MutateAsync(map, 2);
            await Maps.DeleteAsync("default", map.Metadata.Name, default);
        }
        string[] life = ["Added ", "Modified 1", "Modified 2", "Deleted 2"];
        Assert.Equal(life, await SeeAsync(start, "watch=A", 4));
        Assert.Equal(life, await SeeAsync(start, "watch=B", 4));
        Assert.Equal([.. life, .. life], await SeeAsync(start, "watch in (A,B)", 8));
    }

    [Fact]
    public async Task Watch_FromAVersion_SeesOnlyWhatFollows()
    {
        var created = await Maps.CreateAsync(New("map", "A"), default);
        var first = await MutateAsync(created, 1);
        await MutateAsync(first, 2);
        await Maps.DeleteAsync("default", "map", default);
        Assert.Equal(["Modified 2", "Deleted 2"], await SeeAsync(first.Metadata.ResourceVersion, "watch=A", 2));
    }

    [Fact]
    public async Task Watch_ClosedAndRestarted_MissesNothing()
    {
        var start = (await Maps.ListAsync("default", default)).ResourceVersion;
        var map = await Maps.CreateAsync(New("map", "A"), default);
        var last = "";
        await foreach (var change in Maps.WatchAsync("default", new ListOptions { LabelSelector = "watch=A", ResourceVersion = start }, default))
        {
            last = change.Object.Metadata.ResourceVersion;
            break;
        }
        map = await MutateAsync(map, 1);
        await MutateAsync(map, 2);
        await Maps.DeleteAsync("default", "map", default);
        Assert.Equal(["Modified 1", "Modified 2", "Deleted 2"], await SeeAsync(last, "watch=A", 3));
    }

    [Fact]
    public async Task Watch_ObjectLeavesAndEntersTheSelection_IsDeletedAndAdded()
    {
        var start = (await Maps.ListAsync("default", default)).ResourceVersion;
        var map = await Maps.CreateAsync(New("map", "A"), default);
        map = await MutateAsync(map, 1);
        map = await MutateAsync(map, 2, "changed");
        map = await MutateAsync(map, 3, "A");
        await MutateAsync(map, 4);
        await Maps.DeleteAsync("default", "map", default);
        // A deletion from the selection shows the object as it last was in it.
        Assert.Equal(["Added ", "Modified 1", "Deleted 1", "Added 3", "Modified 4", "Deleted 4"], await SeeAsync(start, "watch=A", 6));
    }

    [Fact]
    public async Task Watches_Concurrent_SeeEventsInOneOrder()
    {
        const int Events = 50;
        var start = (await Maps.ListAsync("default", default)).ResourceVersion;
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => VersionsAsync(start, Events))).ToList();
        var writers = Enumerable.Range(0, 5).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Events / 5; i++) await Maps.CreateAsync(New($"map-{writer}-{i}", "A"), default);
        }));
        await Task.WhenAll(writers);
        var orders = await Task.WhenAll(readers);
        Assert.All(orders, order => Assert.Equal(orders[0], order));
        Assert.Equal(orders[0].Order(), orders[0]);
    }

    private async Task<List<long>> VersionsAsync(string start, int count)
    {
        var seen = new List<long>();
        await foreach (var change in Maps.WatchAsync("default", new ListOptions { ResourceVersion = start }, default))
        {
            seen.Add(long.Parse(change.Object.Metadata.ResourceVersion, null));
            if (seen.Count == count) break;
        }
        return seen;
    }

    /// <summary>The next events of a selection, as their type and the map's mutation.</summary>
    private async Task<List<string>> SeeAsync(string version, string selector, int count)
    {
        var seen = new List<string>();
        await foreach (var change in Maps.WatchAsync("default", new ListOptions { LabelSelector = selector, ResourceVersion = version }, default))
        {
            seen.Add($"{change.Type} {change.Object.Data?.GetValueOrDefault("mutation")}");
            if (seen.Count == count) break;
        }
        return seen;
    }

    private Task<ConfigMap> MutateAsync(ConfigMap map, int mutation, string? label = null)
    {
        var changed = map.DeepClone();
        changed.Data = new() { ["mutation"] = $"{mutation}" };
        if (label is not null) changed.Metadata.Labels!["watch"] = label;
        return Maps.UpdateAsync(changed, default);
    }

    private static ConfigMap New(string name, string label) =>
        new() { Metadata = new() { Name = name, Namespace = "default", Labels = new() { ["watch"] = label } } };
}
