using Sampan.Api.Core.V1;
using Sampan.ControllerManager.LegacyEndpoints;
using CoreEndpoints = Sampan.Api.Core.V1.Endpoints;

namespace Sampan.ControllerManager.Tests.EndpointSlices;

public sealed class EndpointsControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private CoreEndpoints? Endpoints => Api.Find<CoreEndpoints>("default", "web");

    [Theory]
    [InlineData(999, 0, 999, 0, false)]
    [InlineData(1000, 0, 1000, 0, false)]
    [InlineData(1100, 0, 1000, 0, true)]
    [InlineData(600, 600, 600, 400, true)]
    [InlineData(1000, 5, 1000, 0, true)]
    public async Task Reconcile_ManyPods_ShowsAThousandReadyOnesFirst(int ready, int waiting, int shownReady, int shownWaiting, bool truncated)
    {
        for (var i = 0; i < ready + waiting; i++) Api.Put(Workloads.Pod($"p{i}", $"10.244.{i / 200}.{i % 200}", ready: i < ready));
        await StartAsync(Workloads.Service(("web", 80)));
        await _harness.UntilAsync(() => Endpoints is not null, "the endpoints");
        var subset = Assert.Single(Endpoints!.Subsets!);
        Assert.Equal((shownReady, shownWaiting), (subset.Addresses.OrEmpty().Count, subset.NotReadyAddresses.OrEmpty().Count));
        Assert.Equal(truncated ? "truncated" : null, Endpoints.Metadata.Annotations?.GetValueOrDefault("endpoints.kubernetes.io/over-capacity"));
    }

    [Fact]
    public async Task Reconcile_SubsetsOfManyPods_AreCutInProportion()
    {
        for (var i = 0; i < 1200; i++)
        {
            var pod = Workloads.Pod($"p{i}", $"10.244.{i / 200}.{i % 200}", ready: true);
            if (i % 4 == 0) pod.Spec = Workloads.Template("one").Spec;
            if (i % 4 == 0) pod.Spec.Containers[0].Ports![0].ContainerPortValue = 81;
            Api.Put(pod);
        }

        await StartAsync(Workloads.Service(("web", 80)));
        await _harness.UntilAsync(() => Endpoints is not null, "the endpoints");
        Assert.Equal([(80, 750), (81, 250)], Endpoints!.Subsets!.Select(s => (s.Ports![0].Port, s.Addresses!.Count)).Order());
    }

    [Fact]
    public async Task Reconcile_SomePodsLackAPort_EachPortHasAllOfItsPods()
    {
        for (var i = 1; i <= 3; i++)
        {
            var pod = Workloads.Pod($"p{i}", $"10.244.0.{i}", ready: i != 2);
            pod.Spec = Workloads.Template("one").Spec;
            if (i < 3) pod.Spec.Containers[0].Ports!.Add(new() { Name = "metrics", ContainerPortValue = 9000 });
            Api.Put(pod);
        }

        var service = Workloads.Service(("web", 80), ("metrics", 9000));
        service.Spec.Ports![1].TargetPort = "metrics";
        await StartAsync(service);
        await _harness.UntilAsync(() => Endpoints?.Subsets?.Count == 2, "two subsets");
        Assert.Equal(
            ["metrics 9000: 10.244.0.1 | 10.244.0.2", "web 80: 10.244.0.1 10.244.0.3 | 10.244.0.2"],
            Endpoints!.Subsets!.Select(s => $"{s.Ports!.Single().Name} {s.Ports!.Single().Port}: {Text(s.Addresses)} | {Text(s.NotReadyAddresses)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reconcile_ServiceOnItsWayOut_StillFollowsItsPods()
    {
        var service = Workloads.Service(("web", 80));
        (service.Metadata.DeletionTimestamp, service.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["service.kubernetes.io/load-balancer-cleanup"]);
        await StartAsync(service);
        Api.Put(Workloads.Pod("a", "10.244.0.1", ready: true));
        await ShowsAsync("10.244.0.1 | ");
    }

    [Theory]
    [InlineData("None", true)]
    [InlineData("10.96.0.7", false)]
    public async Task Reconcile_NoPorts_ListsPodsOfHeadlessServicesOnly(string clusterIp, bool listed)
    {
        var service = Workloads.Service();
        (service.Spec.ClusterIP, service.Spec.Ports) = (clusterIp, null);
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true));
        await StartAsync(service);
        await _harness.UntilAsync(() => Endpoints is not null, "the endpoints");
        Assert.Equal(listed, Endpoints!.Subsets is { Count: 1 });
        Assert.Equal(listed, Endpoints.Metadata.Labels!.ContainsKey("service.kubernetes.io/headless"));
    }

    [Fact]
    public async Task Reconcile_PodsComeChangeAndGo_FollowsThem()
    {
        await StartAsync(Workloads.Service(("web", 80)));
        Api.Put(Workloads.Pod("a", "10.244.0.1", ready: true));
        Api.Put(Workloads.Pod("b", "10.244.0.2"));
        await ShowsAsync("10.244.0.1 | 10.244.0.2");
        Api.Put(Workloads.Pod("b", "10.244.0.2", ready: true));
        await ShowsAsync("10.244.0.1 10.244.0.2 | ");
        Api.Remove<Pod>("default", "a");
        await ShowsAsync("10.244.0.2 | ");
        var left = Workloads.Pod("b", "10.244.0.2", ready: true);
        left.Metadata.Labels = new() { ["app"] = "other" };
        Api.Put(left);
        await _harness.UntilAsync(() => Endpoints!.Subsets is null, "none left");
    }

    [Fact]
    public async Task Reconcile_ChangedByOthers_IsPutRight()
    {
        Api.Put(Workloads.Pod("a", "10.244.0.1", ready: true));
        await StartAsync(Workloads.Service(("web", 80)));
        await ShowsAsync("10.244.0.1 | ");
        var wrong = Endpoints!.DeepClone();
        wrong.Subsets![0].Addresses![0].Ip = "192.0.2.1";
        Api.Put(wrong);
        await ShowsAsync("10.244.0.1 | ");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task ShowsAsync(string addresses) => _harness.UntilAsync(
        () => Endpoints?.Subsets is [var subset] && $"{Text(subset.Addresses)} | {Text(subset.NotReadyAddresses)}" == addresses, addresses);

    private static string Text(List<EndpointAddress>? addresses) => string.Join(' ', addresses.OrEmpty().Select(a => a.Ip));

    private async Task StartAsync(Service service)
    {
        Api.Put(service);
        await _harness.StartAsync(c => new EndpointsController(c));
    }
}
