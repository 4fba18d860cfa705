using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSliceMirroring;
using Sampan.ControllerManager.EndpointSlices;
using Sampan.ControllerManager.LegacyEndpoints;
using CoreEndpoints = Sampan.Api.Core.V1.Endpoints;

namespace Sampan.ControllerManager.Tests.EndpointSlices;

public sealed class EndpointSliceControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private List<EndpointSlice> Slices => Api.List<EndpointSlice>();

    [Fact]
    public async Task Reconcile_Pods_ConditionsAndTopologyAreShown()
    {
        Api.Put(new Node { Metadata = new ObjectMeta { Name = "n1", Labels = new() { ["topology.kubernetes.io/zone"] = "a" } } });
        Api.Put(Workloads.Pod("ready", "10.244.0.1", ready: true, node: "n1"));
        Api.Put(Workloads.Pod("waiting", "10.244.0.2"));
        Api.Put(Workloads.Pod("unaddressed"));
        Api.Put(Workloads.Service(("web", 8080)));
        await StartAsync();
        await _harness.UntilAsync(() => Slices is [{ Endpoints.Count: 2 }], "two endpoints");
        var slice = Slices[0];
        Assert.Equal((80, "web", "TCP"), (slice.Ports![0].Port, slice.Ports[0].Name, slice.Ports[0].Protocol));
        Assert.Equal("web", slice.Metadata.Labels!["kubernetes.io/service-name"]);
        var ready = slice.Endpoints!.Single(e => e.TargetRef!.Name == "ready");
        Assert.Equal((true, true, false), (ready.Conditions.Ready, ready.Conditions.Serving, ready.Conditions.Terminating));
        Assert.Equal(("n1", "a"), (ready.NodeName, ready.Zone));
        Assert.Equal(false, slice.Endpoints!.Single(e => e.TargetRef!.Name == "waiting").Conditions.Ready);
    }

    [Fact]
    public async Task Reconcile_ManyPods_FillsSlicesOfAHundred()
    {
        PutPods(250);
        Api.Put(Workloads.Service(("web", 80)));
        await StartAsync();
        await _harness.UntilAsync(() => Slices.Sum(s => s.Endpoints.OrEmpty().Count) == 250, "all endpoints");
        Assert.Equal([100, 100, 50], Slices.Select(s => s.Endpoints!.Count).OrderDescending());
    }

    [Fact]
    public async Task Reconcile_OnePodOfManyChanges_WritesOneSlice()
    {
        PutPods(250);
        Api.Put(Workloads.Service(("web", 80)));
        await StartAsync();
        await _harness.UntilAsync(() => Slices.Sum(s => s.Endpoints.OrEmpty().Count) == 250, "all endpoints");
        var before = Api.Writes.Count(w => w.Resource.Resource == "endpointslices");
        Api.Put(Workloads.Pod("p7", "10.244.1.7", ready: false));
        await _harness.UntilAsync(() => Slices.Exists(s => s.Endpoints!.Exists(e => e.Conditions.Ready == false)), "the change");
        Assert.Equal(before + 1, Api.Writes.Count(w => w.Resource.Resource == "endpointslices"));
    }

    [Fact]
    public async Task Reconcile_BothFamilies_HaveSlicesOfTheirOwn()
    {
        var pod = Workloads.Pod("p", "10.244.0.1", ready: true);
        pod.Status.PodIPs = [new PodIP { Ip = "10.244.0.1" }, new PodIP { Ip = "fd00::1" }];
        Api.Put(pod);
        var service = Workloads.Service(("web", 80));
        service.Spec.IpFamilies = ["IPv4", "IPv6"];
        Api.Put(service);
        await StartAsync();
        await _harness.UntilAsync(() => Slices.Count == 2, "two slices");
        Assert.Equal(["IPv4 10.244.0.1", "IPv6 fd00::1"], Slices.Select(s => $"{s.AddressType} {s.Endpoints!.Single().Addresses.Single()}").Order());
    }

    [Fact]
    public async Task Reconcile_PodOnItsWayOut_ServesUntilItIsGone()
    {
        var pod = Workloads.Pod("p", "10.244.0.1", ready: true);
        (pod.Metadata.DeletionTimestamp, pod.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["example.com/hold"]);
        Api.Put(pod);
        Api.Put(Workloads.Service(("web", 80)));
        await StartAsync();
        await _harness.UntilAsync(() => Slices is [{ Endpoints.Count: 1 }], "its endpoint");
        var conditions = Slices[0].Endpoints![0].Conditions;
        Assert.Equal((false, true, true), (conditions.Ready, conditions.Serving, conditions.Terminating));
    }

    [Fact]
    public async Task Reconcile_NoPods_LeavesAPlaceholder()
    {
        Api.Put(Workloads.Service(("web", 80)));
        await StartAsync();
        await _harness.UntilAsync(() => Slices.Count == 1, "the placeholder");
        Assert.Empty(Slices[0].Endpoints.OrEmpty());
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true));
        await _harness.UntilAsync(() => Slices is [{ Endpoints.Count: 1 }], "one slice with one endpoint");
        Api.Remove<Pod>("default", "p");
        await _harness.UntilAsync(() => Slices is [{ Endpoints: null or { Count: 0 } }], "empty again");
    }

    [Fact]
    public async Task Endpoints_PodsReadyAndNot_AreSeparated()
    {
        Api.Put(Workloads.Pod("ready", "10.244.0.1", ready: true, node: "n1"));
        Api.Put(Workloads.Pod("waiting", "10.244.0.2"));
        Api.Put(Workloads.Service(("web", 8080)));
        await _harness.StartAsync(c => new EndpointsController(c));
        await _harness.UntilAsync(() => Api.Find<CoreEndpoints>("default", "web")?.Subsets is { Count: 1 }, "one subset");
        var subset = Api.Find<CoreEndpoints>("default", "web")!.Subsets![0];
        Assert.Equal(("10.244.0.1", "10.244.0.2", 80), (subset.Addresses!.Single().Ip, subset.NotReadyAddresses!.Single().Ip, subset.Ports!.Single().Port));
        Api.Remove<Service>("default", "web");
        await _harness.UntilAsync(() => Api.Find<CoreEndpoints>("default", "web") is null, "they go with the Service");
    }

    [Fact]
    public async Task Mirroring_ManualEndpoints_AreCopiedAndRemoved()
    {
        var service = Workloads.Service(("web", 80));
        service.Spec.Selector = null;
        Api.Put(service);
        Api.Put(new CoreEndpoints
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web", Labels = new() { ["team"] = "red" } },
            Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { Ip = "192.0.2.1" }, new EndpointAddress { Ip = "2001:db8::1" }], Ports = [new() { Port = 80 }] }],
        });
        await _harness.StartAsync(c => new EndpointSliceMirroringController(c));
        await _harness.UntilAsync(() => Slices.Count == 2, "a slice per family");
        Assert.Equal(["IPv4", "IPv6"], Slices.Select(s => s.AddressType).Order());
        Assert.All(Slices, s => Assert.Equal("red", s.Metadata.Labels!["team"]));
        Api.Remove<CoreEndpoints>("default", "web");
        await _harness.UntilAsync(() => Slices.Count == 0, "they go with the Endpoints");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new EndpointSliceController(c));

    private void PutPods(int count)
    {
        for (var i = 0; i < count; i++) Api.Put(Workloads.Pod($"p{i}", $"10.244.{1 + i / 200}.{i % 200}", ready: true));
    }
}
