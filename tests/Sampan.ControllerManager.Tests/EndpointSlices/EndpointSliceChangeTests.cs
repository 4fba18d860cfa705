using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSlices;

namespace Sampan.ControllerManager.Tests.EndpointSlices;

/// <summary>What a change costs: the slices that it concerns, and the same result as if everything were looked at.</summary>
public sealed class EndpointSliceChangeTests : IAsyncDisposable
{
    private const string LastChange = "endpoints.kubernetes.io/last-change-trigger-time";
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private List<EndpointSlice> Slices => Api.List<EndpointSlice>();

    private int Writes => Api.Writes.Count(w => w.Resource.Resource == "endpointslices");

    [Theory]
    [InlineData("comes", new[] { 100, 100, 51 }, 1)]
    [InlineData("goes", new[] { 99, 100, 50 }, 1)]
    [InlineData("moves", new[] { 100, 100, 50 }, 1)]
    [InlineData("is the same", new[] { 100, 100, 50 }, 0)]
    [InlineData("belongs to nobody", new[] { 100, 100, 50 }, 0)]
    [InlineData("is let go", new[] { 99, 100, 50 }, 1)]
    public async Task Reconcile_OnePod_WritesTheSliceThatItConcerns(string what, int[] sizes, int writes)
    {
        PutPods(250);
        await StartAsync(Workloads.Service(("web", 80)));
        await CountAsync(250);
        var before = Writes;
        var pod = Workloads.Pod("p7", "10.244.1.7", ready: true);
        if (what == "comes") Api.Put(Workloads.Pod("new", "10.244.9.9", ready: true));
        if (what == "goes") Api.Remove<Pod>("default", "p7");
        if (what == "moves") (pod.Status.PodIP, pod.Status.PodIPs) = ("10.244.9.7", [new() { Ip = "10.244.9.7" }]);
        if (what == "is the same") pod.Metadata.Annotations = new() { ["seen"] = "yes" };
        if (what == "belongs to nobody") (pod.Metadata.Name, pod.Metadata.Labels) = ("stranger", new() { ["app"] = "other" });
        if (what == "is let go") pod.Metadata.Labels = new() { ["app"] = "other" };
        if (what is not ("comes" or "goes")) Api.Put(pod);
        await _harness.UntilAsync(() => Slices.Select(s => s.Endpoints!.Count).Order().SequenceEqual(sizes.Order()) && Writes == before + writes, what);
        if (what == "moves") Assert.Contains(Slices.SelectMany(s => s.Endpoints!), e => e.Addresses.Single() == "10.244.9.7");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Reconcile_AnyChanges_EndAsIfEverythingWereLookedAt(int seed)
    {
        var random = new Random(seed);
        var service = Workloads.Service(("web", 80));
        service.Spec.IpFamilies = ["IPv4", "IPv6"];
        await StartAsync(service, maxEndpoints: 5);
        for (var round = 0; round < 40; round++)
        {
            for (var i = random.Next(1, 6); i > 0; i--) Change(random, service);
            if (random.Next(3) == 0) await _harness.SettleAsync();
        }

        await _harness.UntilAsync(() => Shown().SequenceEqual(Wanted(service)), "the endpoints of all pods");
        Assert.All(Slices.GroupBy(s => s.AddressType), family => Assert.True(family.All(s => s.Endpoints.OrEmpty().Count is > 0 and <= 5) || family.Count() == 1));
    }

    [Fact]
    public async Task Reconcile_LastPodGoes_TurnsItsSliceIntoThePlaceholder()
    {
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true));
        await StartAsync(Workloads.Service(("web", 80)));
        await CountAsync(1);
        var name = Slices.Single().Metadata.Name;
        Api.Remove<Pod>("default", "p");
        await _harness.UntilAsync(() => Slices is [{ Endpoints: null or { Count: 0 }, Ports: null or { Count: 0 } }], "the placeholder");
        Assert.Equal(name, Slices.Single().Metadata.Name);
        Api.Put(Workloads.Pod("q", "10.244.0.2", ready: true));
        await _harness.UntilAsync(() => Slices is [{ Endpoints.Count: 1, Ports.Count: 1 }], "filled again");
        Assert.Equal(name, Slices.Single().Metadata.Name);
    }

    [Fact]
    public async Task Reconcile_SliceChangedByOthers_IsPutRight()
    {
        PutPods(120);
        await StartAsync(Workloads.Service(("web", 80)));
        await CountAsync(120);
        var slice = Slices[0].DeepClone();
        slice.Endpoints!.RemoveRange(0, 10);
        Api.Put(slice);
        await CountAsync(120);
        Api.Remove<EndpointSlice>("default", slice.Metadata.Name);
        await CountAsync(120);
    }

    [Fact]
    public async Task Reconcile_PortOfTheServiceChanges_KeepsTheSlices()
    {
        PutPods(30);
        await StartAsync(Workloads.Service(("web", 80)));
        await CountAsync(30);
        var name = Slices.Single().Metadata.Name;
        var service = Workloads.Service(("web", 80));
        service.Spec.Ports![0].TargetPort = 9090;
        Api.Put(service);
        await _harness.UntilAsync(() => Slices is [{ Ports: [{ Port: 9090 }], Endpoints.Count: 30 }], "the other port");
        Assert.Equal(name, Slices.Single().Metadata.Name);
    }

    [Fact]
    public async Task Reconcile_NodeOfAPodUnknown_ListsItOnceTheNodeIsThere()
    {
        Api.Put(Workloads.Pod("here", "10.244.0.1", ready: true, node: "n1"));
        Api.Put(Workloads.Pod("lost", "10.244.0.2", ready: true, node: "n2"));
        Api.Put(new Node { Metadata = new() { Name = "n1" } });
        await StartAsync(Workloads.Service(("web", 80)));
        await CountAsync(1);
        Api.Put(new Node { Metadata = new() { Name = "n2" } });
        await _harness.AdvanceUntilAsync(() => Slices.Sum(s => s.Endpoints.OrEmpty().Count) == 2, "both");
    }

    [Fact]
    public async Task Reconcile_NodeOfAPodUnknown_IsNoMatterToOneThatPublishesAll()
    {
        var service = Workloads.Service(("web", 80));
        service.Spec.PublishNotReadyAddresses = true;
        Api.Put(Workloads.Pod("lost", "10.244.0.2", node: "n2"));
        await StartAsync(service);
        await CountAsync(1);
    }

    [Fact]
    public async Task Reconcile_PodBecomesReady_SaysWhenThatWas()
    {
        Api.Put(Workloads.Pod("p", "10.244.0.1"));
        await StartAsync(Workloads.Service(("web", 80)));
        await CountAsync(1);
        var created = Api.Find<Service>("default", "web")!.Metadata.CreationTimestamp.ToString();
        Assert.Equal(created, Slices.Single().Metadata.Annotations![LastChange]);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        var pod = Workloads.Pod("p", "10.244.0.1", ready: true);
        pod.Status.Conditions![0].LastTransitionTime = _harness.Time.GetUtcNow();
        Api.Put(pod);
        await _harness.UntilAsync(() => Slices.Single().Metadata.Annotations!.GetValueOrDefault(LastChange) == $"{new Time(_harness.Time.GetUtcNow())}", "the moment");
        Api.Remove<Pod>("default", "p");
        await _harness.UntilAsync(() => Slices.Single().Metadata.Annotations?.ContainsKey(LastChange) != true, "no moment: nothing that became so");
    }

    [Fact]
    public async Task Reconcile_ServiceOnItsWayOut_GetsNoNewSlices()
    {
        var service = Workloads.Service(("web", 80));
        (service.Metadata.DeletionTimestamp, service.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["example.com/hold"]);
        PutPods(3);
        await StartAsync(service);
        await _harness.SettleAsync();
        Assert.Empty(Slices);
    }

    [Fact]
    public async Task Reconcile_PodWithoutThePort_IsListedWithoutPorts()
    {
        var pod = Workloads.Pod("portless", "10.244.0.2", ready: true);
        pod.Spec.Containers[0].Ports = null;
        Api.Put(pod);
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true));
        await StartAsync(Workloads.Service(("web", 80)));
        await CountAsync(2);
        Assert.Equal(["10.244.0.1 80", "10.244.0.2 "], Slices.Select(s => $"{s.Endpoints!.Single().Addresses[0]} {s.Ports?.SingleOrDefault()?.Port}").Order());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private void Change(Random random, Service service)
    {
        var name = $"p{random.Next(30)}";
        switch (random.Next(8))
        {
            case 0:
                Api.Remove<Pod>("default", name);
                break;
            case 1:
                service.Spec.Ports![0].TargetPort = 8000 + random.Next(2);
                Api.Put(service);
                break;
            default:
                var pod = Workloads.Pod(name, $"10.244.{random.Next(200)}.{name[1..]}", ready: random.Next(2) == 0);
                pod.Status.PodIPs!.Add(new() { Ip = $"fd00::{name[1..]}" });
                if (random.Next(6) == 0) pod.Metadata.Labels = new() { ["app"] = "other" };
                if (random.Next(6) == 0) pod.Status.Phase = "Succeeded";
                Api.Put(pod);
                break;
        }
    }

    private IEnumerable<string> Shown() =>
        Slices.SelectMany(s => s.Endpoints.OrEmpty().Select(e => $"{e.TargetRef!.Name} {e.Addresses[0]} {e.Conditions.Ready} {s.Ports![0].Port}")).Order();

    private IEnumerable<string> Wanted(Service service) => Api.List<Pod>().Where(p => p.Metadata.Labels!["app"] == "web" && p.Status.Phase == "Running")
        .SelectMany(p => p.Status.PodIPs!.Select(i => $"{p.Metadata.Name} {i.Ip} {p.Status.Conditions is { Count: > 0 }} {service.Spec.Ports![0].TargetPort}")).Order();

    private Task CountAsync(int count) => _harness.UntilAsync(() => Slices.Sum(s => s.Endpoints.OrEmpty().Count) == count, $"{count} endpoints");

    private async Task StartAsync(Service service, int maxEndpoints = 100)
    {
        Api.Put(service);
        await _harness.StartAsync(c => new EndpointSliceController(c, maxEndpoints));
    }

    private void PutPods(int count)
    {
        for (var i = 0; i < count; i++) Api.Put(Workloads.Pod($"p{i}", $"10.244.{1 + i / 200}.{i % 200}", ready: true));
    }
}
