using System.Net;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client;
using Sampan.Store;
using EndpointPort = Sampan.Api.Core.V1.EndpointPort;
using SlicePort = Sampan.Api.Discovery.V1.EndpointPort;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>
/// Keeps the Service kubernetes in default, by which pods reach the API servers. Its endpoints are the servers that are alive: one that
/// stops takes itself out, one that died is taken out by the others.
/// </summary>
internal sealed class KubernetesService(
    ApiClient client, EndpointLeases leases, IPAddress serviceIp, int port, TimeProvider time, ILogger logger)
{
    private const string Name = "kubernetes";
    private const string Namespace = "default";
    private const string PortName = "https";
    private const int ServicePort = 443;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private string? _complaint;

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

    public Task TryReconcileAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        await leases.RenewAsync(cancellationToken);
        await EnsureServiceAsync(cancellationToken);
        await EnsureEndpointsAsync(cancellationToken);
    });

    /// <summary>Takes this server out of the endpoints, unless it is the last: the next one to start will correct them.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        await leases.EndAsync(cancellationToken);
        await EnsureEndpointsAsync(cancellationToken);
    });

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            _complaint = null;
        }
        catch (Exception failure) when (failure is StatusException or StoreException)
        {
            // What fails again in the same way, such as an address that no endpoint may have, is said once.
            if (_complaint != failure.Message)
            {
                logger.LogWarning(
                    "The Service {Namespace}/{Name} is not up to date, trying again every {Seconds} s: {Complaint}",
                    Namespace, Name, Period.TotalSeconds, failure.Message);
            }
            _complaint = failure.Message;
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
        var alive = await leases.AliveAsync(cancellationToken);
        if (alive.Count > 0)
        {
            await EnsureEndpointsAsync(alive, cancellationToken);
            await EnsureSliceAsync(alive, cancellationToken);
        }
    }

    private async Task EnsureEndpointsAsync(IReadOnlyList<string> alive, CancellationToken cancellationToken)
    {
        var endpoints = client.Of<Endpoints>();
        var present = await endpoints.FindAsync(Namespace, Name, cancellationToken);
        List<EndpointSubset> wanted =
        [
            new()
            {
                Addresses = [.. alive.Select(ip => new EndpointAddress { Ip = ip })],
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

    private async Task EnsureSliceAsync(IReadOnlyList<string> alive, CancellationToken cancellationToken)
    {
        var slices = client.Of<EndpointSlice>();
        var present = await slices.FindAsync(Namespace, Name, cancellationToken);
        var wanted = present?.DeepClone() ?? new EndpointSlice { Metadata = MetaOf("kubernetes.io/service-name", Name), AddressType = "IPv4" };
        wanted.Endpoints = [.. alive.Select(ip => new Endpoint { Addresses = [ip], Conditions = new() { Ready = true } })];
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

    private static Api.Meta.V1.ObjectMeta MetaOf(string label, string value) =>
        new() { Name = Name, Namespace = Namespace, Labels = new() { [label] = value } };
}
