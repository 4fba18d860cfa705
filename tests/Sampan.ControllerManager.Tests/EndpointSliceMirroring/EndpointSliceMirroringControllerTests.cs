using System.Globalization;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSliceMirroring;
using CoreEndpoints = Sampan.Api.Core.V1.Endpoints;
using CorePort = Sampan.Api.Core.V1.EndpointPort;

namespace Sampan.ControllerManager.Tests.EndpointSliceMirroring;

public sealed class EndpointSliceMirroringControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private List<EndpointSlice> Slices => Api.List<EndpointSlice>();

    /// <summary>Upstream's table: which Endpoints of which Services are mirrored.</summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData("selector", 0)]
    [InlineData("no service", 0)]
    [InlineData("skip label", 0)]
    [InlineData("other skip label", 1)]
    [InlineData("leader election", 0)]
    public async Task Reconcile_Endpoints_AreMirroredIf(string what, int slices)
    {
        if (what != "no service") PutService(what == "selector");
        PutEndpoints(e =>
        {
            if (what == "skip label") e.Metadata.Labels = new() { ["endpointslice.kubernetes.io/skip-mirror"] = "true" };
            if (what == "other skip label") e.Metadata.Labels = new() { ["endpointslice.kubernetes.io/skip-mirror"] = "false" };
            if (what == "leader election") e.Metadata.Annotations = new() { ["control-plane.alpha.kubernetes.io/leader"] = "me" };
        });
        await StartAsync();
        await CountAsync(slices);
    }

    [Fact]
    public async Task Reconcile_SelectorLabelOrServiceChange_TakesSlicesAwayAndBringsThemBack()
    {
        PutService(selector: false);
        PutEndpoints();
        await StartAsync();
        await CountAsync(1);
        PutService(selector: true);
        await CountAsync(0);
        PutService(selector: false);
        await CountAsync(1);
        PutEndpoints(e => e.Metadata.Labels = new() { ["endpointslice.kubernetes.io/skip-mirror"] = "true" });
        await CountAsync(0);
        PutEndpoints();
        await CountAsync(1);
        Api.Remove<Service>("default", "web");
        await CountAsync(0);
    }

    [Fact]
    public async Task Reconcile_LabelsAndAnnotations_AreCopiedButForThoseOfOthers()
    {
        PutService(selector: false);
        PutEndpoints(e =>
        {
            e.Metadata.Labels = new() { ["app"] = "web", ["endpointslice.kubernetes.io/managed-by"] = "me" };
            e.Metadata.Annotations = new() { ["note"] = "kept", ["kubectl.kubernetes.io/last-applied-configuration"] = "{}", ["endpoints.kubernetes.io/last-change-trigger-time"] = "2026-01-01T00:00:00Z" };
        });
        await StartAsync();
        await CountAsync(1);
        var slice = Slices[0];
        Assert.Equal("web", slice.Metadata.Labels!["app"]);
        Assert.Equal("endpointslicemirroring-controller.k8s.io", slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"]);
        Assert.Equal(["note"], slice.Metadata.Annotations!.Keys);
        PutEndpoints(e => e.Metadata.Annotations = new() { ["other"] = "new" });
        await _harness.UntilAsync(() => Slices[0].Metadata.Annotations is { Count: 1 } notes && notes.ContainsKey("other") && !Slices[0].Metadata.Labels!.ContainsKey("app"), "those of now, no others");
    }

    [Fact]
    public async Task Reconcile_SubsetsOfPortsAndFamilies_BecomeSlicesOfTheirOwn()
    {
        PutService(selector: false);
        PutEndpoints(e => e.Subsets =
        [
            new() { Addresses = [new() { Ip = "10.0.0.1" }, new() { Ip = "fd00::1" }], NotReadyAddresses = [new() { Ip = "10.0.0.2" }], Ports = [new CorePort { Name = "http", Port = 80 }] },
            new() { Addresses = [new() { Ip = "10.0.0.3" }], Ports = [new CorePort { Name = "http", Port = 80 }] },
            new() { Addresses = [new() { Ip = "10.0.0.1" }], Ports = [new CorePort { Name = "https", Port = 443 }] },
        ]);
        await StartAsync();
        await CountAsync(3);
        Assert.Equal(
            ["IPv4 80 10.0.0.1:True,10.0.0.2:False,10.0.0.3:True", "IPv4 443 10.0.0.1:True", "IPv6 80 fd00::1:True"],
            Slices.Select(s => $"{s.AddressType} {s.Ports![0].Port} {string.Join(',', s.Endpoints!.Select(e => $"{e.Addresses[0]}:{e.Conditions!.Ready}").Order(StringComparer.Ordinal))}")
                .OrderBy(s => s[..4], StringComparer.Ordinal).ThenByDescending(s => s, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reconcile_AddressesThatAreNoneOrTooMany_AreLeftOutAndSaidSo()
    {
        PutService(selector: false);
        var addresses = Enumerable.Range(0, 1005).Select(i => new EndpointAddress { Ip = string.Create(CultureInfo.InvariantCulture, $"10.0.{i / 250}.{(i % 250) + 1}") });
        PutEndpoints(e => e.Subsets = [new() { Addresses = [new() { Ip = "nowhere" }, .. addresses], Ports = [new CorePort { Port = 80 }] }]);
        await StartAsync();
        await CountAsync(10);
        await _harness.UntilAsync(() => Said("InvalidIPAddress", "Skipped 1 invalid IP addresses when mirroring to EndpointSlices"), "the one that is no address");
        await _harness.UntilAsync(() => Said("TooManyAddressesToMirror", "A max of 1000 addresses can be mirrored to EndpointSlices per Endpoints subset. 6 addresses were skipped"), "those beyond the limit");
        foreach (var line in new[] { "endpoints_desired 1000", "desired_endpoint_slices 10", "changes{operation=\"create\"} 10" })
            await _harness.UntilAsync(() => _harness.Context.Metrics.Render().Contains($"endpoint_slice_mirroring_controller_{line}\n", StringComparison.Ordinal), line);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task StartAsync()
    {
        await _harness.StartAsync(c => new EndpointSliceMirroringController(c with { EventSourceOf = UpstreamNames.EventSourceOf }));
        await _harness.SettleAsync();
    }

    private Task CountAsync(int slices) => _harness.UntilAsync(() => Slices.Count == slices, $"{slices} slices");

    private bool Said(string reason, string message) =>
        Api.List<Event>().Exists(e => e.Reason == reason && e.Message == message && e is { Type: "Warning", InvolvedObject.Kind: "Endpoints", Source.Component: "endpoint-slice-mirroring-controller" });

    private void PutService(bool selector) => Api.Put(new Service
    {
        Metadata = new() { Namespace = "default", Name = "web" },
        Spec = new() { Selector = selector ? Workloads.App() : null, Ports = [new() { Port = 80 }] },
    });

    private void PutEndpoints(Action<CoreEndpoints>? change = null)
    {
        var endpoints = new CoreEndpoints
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Subsets = [new() { Addresses = [new() { Ip = "10.0.0.1" }], Ports = [new CorePort { Port = 80 }] }],
        };
        change?.Invoke(endpoints);
        Api.Put(endpoints);
    }
}
