using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSlices;

namespace Sampan.ControllerManager.Tests.EndpointSlices;

public sealed class TopologyHintsTests : IAsyncDisposable
{
    private const string Mode = "service.kubernetes.io/topology-mode";
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private List<Endpoint> Endpoints => [.. Api.List<EndpointSlice>().SelectMany(s => s.Endpoints.OrEmpty())];

    private string Hints => string.Join(' ', Endpoints.Select(e => $"{e.TargetRef!.Name}:{e.Hints?.ForZones?[0].Name ?? "-"}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Auto_ZonesAlike_EachEndpointServesItsOwn()
    {
        PutNode("a", 4);
        PutNode("b", 4);
        await StartAsync("a", "a", "b", "b");
        await _harness.UntilAsync(() => Hints == "p0:a p1:a p2:b p3:b", "hints");
        await SaidAsync("Normal TopologyAwareHintsEnabled Topology Aware Hints has been enabled, addressType: IPv4");
    }

    [Fact]
    public async Task Auto_UnevenEndpoints_OneIsGivenAwayAndStaysGiven()
    {
        PutNode("a", 4);
        PutNode("b", 4);
        await StartAsync("a", "a", "a", "a", "b", "b");
        await _harness.UntilAsync(() => Hints.Count(c => c == 'b') == 3, "a gives one to b");
        var before = Hints;
        PutPod("p6", "b");
        await _harness.UntilAsync(() => Hints == before + " p6:b", "what is given stays");
    }

    [Fact]
    public async Task Auto_MoreCpusInOneZone_GetsMoreEndpoints()
    {
        PutNode("a", 12);
        PutNode("b", 4);
        await StartAsync("a", "b", "b", "b");
        await _harness.UntilAsync(() => Hints.Count(c => c == 'a') == 3, "three of four");
    }

    [Fact]
    public async Task Auto_NotReadyEndpoint_HasNoHint()
    {
        PutNode("a", 4);
        PutNode("b", 4);
        PutPod("waiting", "a", ready: false);
        await StartAsync("a", "b");
        await _harness.UntilAsync(() => Hints == "p0:a p1:b waiting:-", "hints of the ready ones");
    }

    [Theory]
    [InlineData("a a a", "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes")]
    [InlineData("a b", "Insufficient number of endpoints (1 endpoints, 2 zones)")]
    [InlineData("a b c d", "Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (5 endpoints, 4 zones)")]
    public async Task Auto_NotPossible_HintsNothingAndSaysWhy(string zones, string why)
    {
        foreach (var zone in zones.Split(' ')) PutNode(zone, 4);
        await StartAsync([.. Enumerable.Repeat("a", why.Contains("1 endpoints", StringComparison.Ordinal) ? 1 : 5)]);
        await SaidAsync($"Warning TopologyAwareHintsDisabled {why}, addressType: IPv4");
        Assert.All(Endpoints, e => Assert.Null(e.Hints));
    }

    [Fact]
    public async Task Auto_ZoneLost_RemovesTheHintsUntilItIsBack()
    {
        PutNode("a", 4);
        PutNode("b", 4);
        await StartAsync("a", "b");
        await _harness.UntilAsync(() => Hints == "p0:a p1:b", "hints");
        PutNode("b", 4, ready: "False");
        await _harness.UntilAsync(() => Hints == "p0:- p1:-", "none while one zone alone is ready");
        PutNode("b", 4);
        await _harness.UntilAsync(() => Hints == "p0:a p1:b", "hints again");
    }

    [Fact]
    public async Task Auto_SwitchedOff_RemovesTheHintsAndSaysSo()
    {
        PutNode("a", 4);
        PutNode("b", 4);
        await StartAsync("a", "b");
        await _harness.UntilAsync(() => Hints == "p0:a p1:b", "hints");
        Api.Put(NewService(null));
        await _harness.UntilAsync(() => Hints == "p0:- p1:-", "no hints");
        await SaidAsync("Warning TopologyAwareHintsDisabled Topology Aware Hints has been disabled, addressType: IPv4");
    }

    [Theory]
    [InlineData("PreferClose", "a", null)]
    [InlineData("PreferSameZone", "a", null)]
    [InlineData("PreferSameNode", "a", "node-a")]
    public async Task TrafficDistribution_Near_HintsZoneOrNode(string distribution, string zone, string? node)
    {
        PutNode("a", 4);
        var service = NewService(null);
        service.Spec.TrafficDistribution = distribution;
        await StartAsync(service, "a");
        await _harness.UntilAsync(() => Endpoints is [{ Hints: not null }], "hints");
        var hints = Endpoints[0].Hints!;
        Assert.Equal((zone, node), (hints.ForZones![0].Name, hints.ForNodes?[0].Name));
        PutPod("late", "a", ready: false);
        await _harness.UntilAsync(() => Endpoints.Count == 2, "one more");
        Assert.Null(Endpoints.Single(e => e.TargetRef!.Name == "late").Hints);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static Service NewService(string? mode)
    {
        var service = Workloads.Service(("web", 80));
        service.Metadata.Annotations = mode is null ? null : new() { [Mode] = mode };
        return service;
    }

    private Task StartAsync(params string[] zonesOfPods) => StartAsync(NewService("Auto"), zonesOfPods);

    private Task StartAsync(Service service, params string[] zonesOfPods)
    {
        for (var i = 0; i < zonesOfPods.Length; i++) PutPod($"p{i}", zonesOfPods[i]);
        Api.Put(service);
        return _harness.StartAsync(c => new EndpointSliceController(c));
    }

    private Task SaidAsync(string what) => _harness.AdvanceUntilAsync(
        () => Api.List<Event>().Exists(e => $"{e.Type} {e.Reason} {e.Message}" == what), $"an event: {what}", TimeSpan.FromSeconds(1));

    private void PutPod(string name, string zone, bool ready = true) => Api.Put(Workloads.Pod(name, $"10.244.0.{Api.List<Pod>().Count + 1}", ready, $"node-{zone}"));

    private void PutNode(string zone, int cpus, string ready = "True") => Api.Put(new Node
    {
        Metadata = new ObjectMeta { Name = $"node-{zone}", Labels = new() { ["topology.kubernetes.io/zone"] = zone } },
        Status = new NodeStatus
        {
            Allocatable = new() { ["cpu"] = new Quantity(cpus) }, Conditions = [new NodeCondition { Type = "Ready", Status = ready }],
        },
    });
}
