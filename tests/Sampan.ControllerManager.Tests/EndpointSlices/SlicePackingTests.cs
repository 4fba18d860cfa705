using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSlices;

namespace Sampan.ControllerManager.Tests.EndpointSlices;

/// <summary>How a reconcile of all pods packs them into the slices that are there, after upstream's cases of its reconciler.</summary>
public sealed class SlicePackingTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private List<EndpointSlice> Slices => Api.List<EndpointSlice>();

    /// <param name="known">The endpoints of the slices that are there.</param>
    /// <param name="others">Pods that none of them lists.</param>
    /// <param name="port">Where the Service leads to; the slices say 80.</param>
    /// <param name="unready">Of the pods of a slice every such one is not ready any more.</param>
    /// <param name="sizes">The endpoints of the slices then.</param>
    /// <param name="writes">How often a slice is created, updated and deleted for it.</param>
    [Theory]
    [InlineData(new[] { 62, 61 }, 127, 80, 0, new[] { 61, 89, 100 }, "1 1 0")]
    [InlineData(new[] { 74, 74 }, 152, 80, 0, new[] { 52, 74, 74, 100 }, "2 0 0")]
    [InlineData(new[] { 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 }, 0, 80, 0, new[] { 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 }, "0 0 0")]
    [InlineData(new[] { 30, 30, 30, 30, 30, 30, 30, 30, 30, 30 }, 0, 81, 0, new[] { 100, 100, 100 }, "0 3 7")]
    [InlineData(new[] { 80, 20 }, 15, 80, 10, new[] { 20, 95 }, "0 2 0")]
    public async Task Reconcile_SlicesAreThere_FillsThemByTheFewestWrites(int[] known, int others, int port, int unready, int[] sizes, string writes)
    {
        var service = Api.Put(ServiceOf(port));
        var next = 0;
        foreach (var size in known) Api.Put(SliceOf(service, $"slice-{next}", [.. Enumerable.Range(0, size).Select(i => PutPod(next++, unready > 0 && i % unready == 0))]));
        for (var i = 0; i < others; i++) PutPod(next++, false);
        await StartAsync();
        await _harness.UntilAsync(() => Slices.Select(s => s.Endpoints!.Count).Order().SequenceEqual(sizes), "the slices");
        Assert.Equal(writes, string.Join(' ', new[] { ApiVerbs.Create, ApiVerbs.Update, ApiVerbs.Delete }.Select(verb => Api.Writes.Count(w => w.Verb == verb && w.Resource.Resource == "endpointslices"))));
    }

    [Fact]
    public async Task Reconcile_SliceOfAServiceOfTheSameNameThatIsGone_MakesItsOwn()
    {
        var service = ServiceOf(80);
        service.Metadata.Uid = "before";
        Api.Put(SliceOf(service, "old", [PutPod(1, false)]));
        Api.Put(ServiceOf(80));
        await StartAsync();
        await _harness.UntilAsync(() => Slices is [{ Metadata.Name: not "old" }], "one of its own, and not the other");
    }

    [Fact]
    public async Task Reconcile_PortOfManyNumbers_HasASliceOfEach()
    {
        var service = ServiceOf(80);
        service.Spec.Ports![0].TargetPort = "http";
        Api.Put(service);
        for (var i = 0; i < 50; i++)
        {
            var pod = PodOf(i, false);
            pod.Spec.Containers[0].Ports![0].ContainerPortValue = 8080 + (i % 5);
            Api.Put(pod);
        }

        await StartAsync();
        await _harness.UntilAsync(() => Slices.Count == 5 && Slices.TrueForAll(s => s.Endpoints!.Count == 10), "five slices");
        Assert.Equal([8080, 8081, 8082, 8083, 8084], Slices.Select(s => s.Ports!.Single().Port!.Value).Order());
        Assert.Contains("endpoint_slice_controller_desired_endpoint_slices 5\n", _harness.Context.Metrics.Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.96.0.20", false)]
    [InlineData("None", true)]
    [InlineData("", true)]
    public async Task Reconcile_LabelsOfTheService_AreThoseOfTheSliceButForReservedOnes(string clusterIp, bool headless)
    {
        var service = ServiceOf(80);
        service.Spec.ClusterIP = clusterIp;
        service.Metadata.Labels = new()
        {
            ["foo"] = "bar", ["kubernetes.io/service-name"] = "bad", ["endpointslice.kubernetes.io/managed-by"] = "actor", ["service.kubernetes.io/headless"] = "invalid",
        };
        Api.Put(service);
        await StartAsync();
        await _harness.UntilAsync(() => Slices.Count == 1, "the placeholder");
        var labels = Slices[0].Metadata.Labels!;
        Assert.Equal(("bar", "web", "endpointslice-controller.k8s.io", headless ? "" : null), (labels["foo"], labels["kubernetes.io/service-name"], labels["endpointslice.kubernetes.io/managed-by"], labels.GetValueOrDefault("service.kubernetes.io/headless")));
    }

    [Fact]
    public async Task Reconcile_NamespaceIsGoing_SaysNothing()
    {
        Api.Refuse = r => r is { Verb: ApiVerbs.Create, Resource.Resource: "endpointslices" }
            ? new StatusException(new Sampan.Api.Meta.V1.Status { Code = 403, Reason = "Forbidden", Details = new() { Causes = [new() { Reason = "NamespaceTerminating" }] } }) : null;
        Api.Put(ServiceOf(80));
        await StartAsync();
        await _harness.SettleAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(Api.List<Event>());
        Assert.Single(Api.Requests, r => r is { Verb: ApiVerbs.Create, Resource.Resource: "endpointslices" });
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new EndpointSliceController(c));

    private static Service ServiceOf(int port)
    {
        var service = Workloads.Service(("", 80));
        service.Spec.Ports![0].TargetPort = port;
        return service;
    }

    private static EndpointSlice SliceOf(Service service, string name, List<Pod> pods) => new()
    {
        Metadata = new()
        {
            Namespace = "default", Name = name, OwnerReferences = [Common.OwnerReferences.ControllerRef(service)],
            Labels = new() { ["kubernetes.io/service-name"] = "web", ["endpointslice.kubernetes.io/managed-by"] = EndpointSliceController.ManagedBy },
        },
        AddressType = "IPv4",
        Ports = [new() { Name = "", Protocol = "TCP", Port = 80 }],
        Endpoints = pods.ConvertAll(p => new Endpoint
        {
            Addresses = [p.Status.PodIP!],
            Conditions = new() { Ready = true, Serving = true, Terminating = false },
            TargetRef = new() { Kind = "Pod", Namespace = "default", Name = p.Metadata.Name, Uid = p.Metadata.Uid },
        }),
    };

    private static Pod PodOf(int number, bool unready) => Workloads.Pod($"p{number}", string.Create(null, $"10.244.{number / 200}.{1 + (number % 200)}"), ready: !unready);

    private Pod PutPod(int number, bool unready) => Api.Put(PodOf(number, unready));
}
