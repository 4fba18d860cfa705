using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

/// <summary>Routes of the provider beside nodes; a route is written "node>range", with "@gateway" or "!" for one that leads nowhere.</summary>
public sealed class RouteControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly FakeCloud _cloud = new();

    private FakeApi Api => _harness.Api;

    private string Routes => string.Join(' ', _cloud.Known.Keys.Select(Text).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("none yet", "", "a=10.244.1.0/24 b=10.244.2.0/24", "a>10.244.1.0/24 b>10.244.2.0/24")]
    [InlineData("some", "a>10.244.1.0/24", "a=10.244.1.0/24 b=10.244.2.0/24", "a>10.244.1.0/24 b>10.244.2.0/24")]
    [InlineData("all", "a>10.244.1.0/24 b>10.244.2.0/24", "a=10.244.1.0/24 b=10.244.2.0/24", "a>10.244.1.0/24 b>10.244.2.0/24")]
    [InlineData("two families", "", "a=10.244.1.0/24,fd00::/64", "a>10.244.1.0/24 a>fd00::/64")]
    [InlineData("one of two families", "a>10.244.1.0/24", "a=10.244.1.0/24,fd00::/64", "a>10.244.1.0/24 a>fd00::/64")]
    [InlineData("a node is gone", "a>10.244.1.0/24 b>10.244.2.0/24", "a=10.244.1.0/24", "a>10.244.1.0/24")]
    [InlineData("a range has moved", "a>10.244.1.0/24", "b=10.244.1.0/24", "b>10.244.1.0/24")]
    [InlineData("ranges have changed places", "a>10.244.1.0/24 b>10.244.2.0/24", "a=10.244.2.0/24 b=10.244.1.0/24", "a>10.244.2.0/24 b>10.244.1.0/24")]
    [InlineData("foreign ones stay", "c>172.16.0.0/24", "a=10.244.1.0/24", "a>10.244.1.0/24 c>172.16.0.0/24")]
    [InlineData("one leads nowhere", "a>10.244.1.0/24!", "a=10.244.1.0/24", "a>10.244.1.0/24")]
    [InlineData("one leads to an old address", "a>10.244.1.0/24@192.0.2.9", "a=10.244.1.0/24", "a>10.244.1.0/24")]
    [InlineData("one leads to its address", "a>10.244.1.0/24@192.0.2.1", "a=10.244.1.0/24", "a>10.244.1.0/24@192.0.2.1")]
    [InlineData("a node without a range", "", "a= b=10.244.2.0/24", "b>10.244.2.0/24")]
    public async Task Reconcile_RoutesBesideNodes_AreBroughtInLine(string what, string known, string nodes, string expected)
    {
        foreach (var route in Split(known)) _cloud.Known[Route(route)] = true;
        foreach (var node in Split(nodes)) Put(node);
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Routes == expected && Api.List<Node>().TrueForAll(n => Unavailable(n) == (n.Spec.PodCIDRs is { Count: > 0 } ? "False" : "True")), what);
    }

    [Fact]
    public async Task Reconcile_RouteRefused_NodeSaysSoUntilItIsThere()
    {
        _cloud.Refused["route"] = "too many routes";
        Put("a=10.244.1.0/24");
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Unavailable(Api.List<Node>().Single()) == "True", "no route");
        var condition = Api.List<Node>().Single().Status.Conditions!.Single();
        Assert.Equal(("NoRouteCreated", "RouteController failed to create a route"), (condition.Reason, condition.Message));
        await _harness.UntilAsync(
            () => Api.List<Event>().Exists(e => e.Reason == "FailedToCreateRoute" && e.Message == "Could not create route 10.244.1.0/24 for node a: too many routes"), "told");
        _cloud.Refused.Clear();
        await _harness.AdvanceUntilAsync(() => Unavailable(Api.List<Node>().Single()) == "False", "the route is made", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_RouteCannotBeDeleted_OthersAreMade()
    {
        _cloud.Known[Route("old>10.244.9.0/24")] = true;
        _cloud.Refused["unroute"] = "not now";
        Put("a=10.244.1.0/24");
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Routes == "a>10.244.1.0/24 old>10.244.9.0/24", "made");
        _cloud.Refused.Clear();
        await _harness.AdvanceUntilAsync(() => Routes == "a>10.244.1.0/24", "deleted later", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_NodesLive_ProviderIsAskedOnceInAPeriod()
    {
        Put("a=10.244.1.0/24");
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Routes.Length > 0, "made");
        for (var beat = 0; beat < 29; beat++)
        {
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(1));
            var copy = Api.List<Node>().Single().DeepClone();
            copy.Metadata.Annotations = new() { ["beat"] = $"{beat}" };
            Api.Put(copy);
        }

        Assert.InRange(_cloud.Calls.Count(c => c == "routes "), 1, 5);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(CloudRoute route) => $"{route.Node}>{route.Cidr}{(route.Gateway is null ? "" : "@" + route.Gateway)}{(route.IsBlackhole ? "!" : "")}";

    private static CloudRoute Route(string text)
    {
        var parts = text.TrimEnd('!').Split('>', '@');
        return new(parts[0], parts[1]) { IsBlackhole = text.EndsWith('!'), Gateway = parts.ElementAtOrDefault(2) };
    }

    private static string? Unavailable(Node node) => node.Status.Conditions?.Find(c => c.Type == "NetworkUnavailable")?.Status;

    private Task StartAsync() => _harness.StartAsync(c => new RouteController(c, _cloud, "10.244.0.0/16,fd00::/48", TimeSpan.FromSeconds(10)));

    private void Put(string text)
    {
        var (name, cidrs) = (text.Split('=')[0], text.Split('=')[1]);
        Api.Put(new Node
        {
            Metadata = new() { Name = name },
            Spec = new() { PodCIDRs = cidrs.Length > 0 ? [.. cidrs.Split(',')] : null },
            Status = new() { Addresses = [new() { Type = "InternalIP", Address = "192.0.2.1" }] },
        });
    }
}
