using System.Net;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client;
using EndpointPort = Sampan.Api.Core.V1.EndpointPort;
using SlicePort = Sampan.Api.Discovery.V1.EndpointPort;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>
/// Keeps the Service kubernetes in default, by which pods reach the API servers, and this server's address among its endpoints.
/// </summary>
internal sealed class KubernetesService(ApiClient client, IPAddress serviceIp, IPAddress address, int port, TimeProvider time, ILogger logger)
{
    private const string Name = "kubernetes";
    private const string Namespace = "default";
    private const string PortName = "https";
    private const int ServicePort = 443;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await TryReconcileAsync(stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public async Task TryReconcileAsync(CancellationToken cancellationToken)
    {
        try
        {
            await EnsureServiceAsync(cancellationToken);
            await EnsureEndpointsAsync(cancellationToken);
            await EnsureSliceAsync(cancellationToken);
        }
        catch (StatusException failure)
        {
            logger.LogWarning(failure, "The Service {Namespace}/{Name} is not up to date; trying again in {Period}", Namespace, Name, Period);
        }
    }

    private async Task EnsureServiceAsync(CancellationToken cancellationToken)
    {
        var services = client.Of<Service>();
        if (await services.FindAsync(Namespace, Name, cancellationToken) is null)
        {
            await services.CreateAsync(
                new Service
                {
                    Metadata = new() { Name = Name, Namespace = Namespace, Labels = new() { ["component"] = "apiserver", ["provider"] = Name } },
                    Spec = new()
                    {
                        ClusterIP = serviceIp.ToString(),
                        Type = "ClusterIP",
                        Ports = [new() { Name = PortName, Protocol = "TCP", Port = ServicePort, TargetPort = port }],
                    },
                },
                cancellationToken);
        }
    }

    private async Task EnsureEndpointsAsync(CancellationToken cancellationToken)
    {
        var endpoints = client.Of<Endpoints>();
        var present = await endpoints.FindAsync(Namespace, Name, cancellationToken);
        List<EndpointSubset> wanted =
        [
            new()
            {
                Addresses = [.. Merged(present?.Subsets.OrEmpty().SelectMany(subset => subset.Addresses.OrEmpty()).Select(one => one.Ip))
                    .Select(ip => new EndpointAddress { Ip = ip })],
                Ports = [new EndpointPort { Name = PortName, Port = port, Protocol = "TCP" }],
            },
        ];
        if (present is null)
        {
            await endpoints.CreateAsync(
                new Endpoints { Metadata = MetaOf("endpointslice.kubernetes.io/skip-mirror", "true"), Subsets = wanted }, cancellationToken);
        }
        else if (present.Subsets.OrEmpty().Count != 1 || !present.Subsets![0].DeepEquals(wanted[0]))
        {
            var changed = present.DeepClone();
            changed.Subsets = wanted;
            await endpoints.UpdateAsync(changed, cancellationToken);
        }
    }

    private async Task EnsureSliceAsync(CancellationToken cancellationToken)
    {
        var slices = client.Of<EndpointSlice>();
        var present = await slices.FindAsync(Namespace, Name, cancellationToken);
        var wanted = present?.DeepClone() ?? new EndpointSlice { Metadata = MetaOf("kubernetes.io/service-name", Name), AddressType = "IPv4" };
        wanted.Endpoints = [.. Merged(present?.Endpoints.OrEmpty().SelectMany(one => one.Addresses))
            .Select(ip => new Endpoint { Addresses = [ip], Conditions = new() { Ready = true } })];
        wanted.Ports = [new SlicePort { Name = PortName, Port = port, Protocol = "TCP" }];
        if (present is null)
        {
            await slices.CreateAsync(wanted, cancellationToken);
        }
        else if (!wanted.DeepEquals(present))
        {
            await slices.UpdateAsync(wanted, cancellationToken);
        }
    }

    /// <summary>The addresses of the other servers stay.</summary>
    private IEnumerable<string> Merged(IEnumerable<string>? present) =>
        (present ?? []).Append(address.ToString()).Distinct().Order(StringComparer.Ordinal);

    private static Api.Meta.V1.ObjectMeta MetaOf(string label, string value) =>
        new() { Name = Name, Namespace = Namespace, Labels = new() { [label] = value } };
}
