using System.Net;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.Client;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>The ServiceCIDR kubernetes: the networks that this server was started with. It is ready as long as there is a server.</summary>
internal sealed class DefaultServiceCIDR(ApiClient client, IReadOnlyList<IPNetwork> networks, TimeProvider time)
{
    private const string Name = "kubernetes";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var cidr = await client.Of<ServiceCIDR>().FindAsync(null, Name, cancellationToken) ?? await CreateAsync(cancellationToken);
        if (cidr.Status.Conditions.OrEmpty().Any(condition => condition is { Type: "Ready", Status: "True" }))
        {
            return;
        }
        var ready = cidr.DeepClone();
        ready.Status.Conditions =
        [
            new() { Type = "Ready", Status = "True", LastTransitionTime = time.GetUtcNow(), Message = "Kubernetes default Service CIDR is ready" },
        ];
        try
        {
            await client.Of<ServiceCIDR>().UpdateStatusAsync(ready, cancellationToken);
        }
        catch (StatusException other) when (other.IsConflict)
        {
            // Another server was faster.
        }
    }

    private async Task<ServiceCIDR> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.Of<ServiceCIDR>().CreateAsync(
                new ServiceCIDR { Metadata = new() { Name = Name }, Spec = new() { Cidrs = [.. networks.Select(network => network.ToString())] } }, cancellationToken);
        }
        catch (StatusException taken) when (taken.IsAlreadyExists)
        {
            return await client.Of<ServiceCIDR>().GetAsync(null, Name, cancellationToken);
        }
    }
}
