using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.Integration.Tests.Conformance;

namespace Sampan.Integration.Tests.Network;

/// <summary>What controllers write behind a Service, as its pods come and go.</summary>
public sealed class ServiceEndpointsTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private const string ServiceName = "kubernetes.io/service-name";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_ThatMatchesNoPod_HasEmptyEndpointsUntilItGoes()
    {
        string ns = await shared.NewNamespaceAsync(Ct);
        await shared.Cluster.Client.CreateAsync(Service(ns, "empty", "nobody", ("", 80, "80")), Ct);
        await shared.Cluster.WaitAsync<Endpoints>(ns, "empty", endpoints => endpoints is not null && endpoints.Subsets.OrEmpty().Count == 0, Ct);
        await SharedCluster.UntilAsync("a slice without endpoints", async () => (await SlicesAsync(ns, "empty")) is [var only] && only.Endpoints.OrEmpty().Count == 0);

        await shared.Cluster.Client.Of<Service>().DeleteAsync(ns, "empty", Ct);
        await shared.Cluster.WaitAsync<Endpoints>(ns, "empty", endpoints => endpoints is null, Ct);
        await SharedCluster.UntilAsync("no slice", async () => (await SlicesAsync(ns, "empty")).Count == 0);
    }

    [Fact]
    public async Task Service_OfSeveralPorts_FollowsThePodsOfEach()
    {
        string ns = await shared.NewNamespaceAsync(Ct);
        await shared.Cluster.Client.CreateAsync(Service(ns, "web", "web", ("first", 80, "one"), ("second", 81, "two")), Ct);
        await PortsAreAsync(ns);
        await shared.Cluster.Client.CreateAsync(Pod(ns, "a", "web", ("one", 100)), Ct);
        await PortsAreAsync(ns, "a first 100");
        await shared.Cluster.Client.CreateAsync(Pod(ns, "b", "web", ("two", 101)), Ct);
        await PortsAreAsync(ns, "a first 100", "b second 101");
        await shared.Cluster.Client.Of<Pod>().DeleteAsync(ns, "a", Ct);
        await PortsAreAsync(ns, "b second 101");
        await shared.Cluster.Client.Of<Pod>().DeleteAsync(ns, "b", Ct);
        await PortsAreAsync(ns);
    }

    [Fact]
    public async Task Services_Many_EachGetsItsEndpoint()
    {
        string ns = await shared.NewNamespaceAsync(Ct);
        await shared.Cluster.Client.CreateAsync(Pod(ns, "pause", "pause", ("http", 80)), Ct);
        await shared.Cluster.WaitAsync<Pod>(ns, "pause", pod => pod?.Status.Phase == "Running", Ct);
        for (int i = 0; i < 50; i++)
        {
            await shared.Cluster.Client.CreateAsync(Service(ns, $"latency-{i}", "pause", ("", 80, "80")), Ct);
            await shared.Cluster.WaitAsync<Endpoints>(ns, $"latency-{i}", endpoints => endpoints?.Subsets is [{ Addresses: [_] }], Ct);
        }
    }

    /// <summary>Waits until Endpoints and slices both show exactly these: pod, port's name and number.</summary>
    private async Task PortsAreAsync(string ns, params string[] expected)
    {
        await SharedCluster.UntilAsync($"Endpoints show {string.Join(", ", expected)}", async () =>
        {
            var endpoints = await shared.Cluster.Client.Of<Endpoints>().FindAsync(ns, "web", Ct);
            var shown = endpoints?.Subsets.OrEmpty().SelectMany(s => s.Addresses.OrEmpty().SelectMany(
                a => s.Ports.OrEmpty().Select(p => $"{a.TargetRef?.Name} {p.Name} {p.Port}")));
            return shown?.Order().SequenceEqual(expected) == true;
        });
        await SharedCluster.UntilAsync($"slices show {string.Join(", ", expected)}", async () =>
            (await SlicesAsync(ns, "web")).SelectMany(s => s.Endpoints.OrEmpty().Where(e => e.Conditions?.Ready == true).SelectMany(
                e => s.Ports.OrEmpty().Select(p => $"{e.TargetRef?.Name} {p.Name} {p.Port}"))).Order().SequenceEqual(expected));
    }

    private async Task<IReadOnlyList<EndpointSlice>> SlicesAsync(string ns, string service) =>
        [.. (await shared.Cluster.Client.Of<EndpointSlice>().ListAsync(ns, Ct)).Items.Where(s => s.Metadata.Labels?.GetValueOrDefault(ServiceName) == service)];

    private static Service Service(string ns, string name, string app, params (string Name, int Port, string Target)[] ports) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = name },
        Spec = new ServiceSpec
        {
            Selector = new() { ["app"] = app },
            Ports = [.. ports.Select(p => new ServicePort { Name = p.Name, Port = p.Port, TargetPort = int.TryParse(p.Target, out int number) ? number : p.Target })],
        },
    };

    private static Pod Pod(string ns, string name, string app, (string Name, int Number) port) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = name, Labels = new() { ["app"] = app } },
        Spec = new PodSpec
        {
            TerminationGracePeriodSeconds = 0,
            Containers = [new Container { Name = "c", Image = "any", Ports = [new ContainerPort { Name = port.Name, ContainerPortValue = port.Number }] }],
        },
    };
}
