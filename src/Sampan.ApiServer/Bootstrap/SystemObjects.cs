using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Scheduling.V1;
using Sampan.ApiServer.Registry.Scheduling;
using Sampan.Client;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>Makes what every cluster has: the system's namespaces and priority classes.</summary>
internal sealed class SystemObjects(ApiClient client)
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public Task EnsureAsync(CancellationToken cancellationToken) => Task.WhenAll(
        [
            .. Namespaces.Select(name => EnsureAsync(new Namespace { Metadata = new() { Name = name } }, cancellationToken)),
            .. SystemPriorityClasses.All.Select(priority => EnsureAsync(priority.DeepClone(), cancellationToken)),
        ]);

    private async Task EnsureAsync<T>(T wanted, CancellationToken cancellationToken)
        where T : class, IObject<T>
    {
        if (await client.Of<T>().FindAsync(null, wanted.Metadata.Name, cancellationToken) is not null)
        {
            return;
        }
        try
        {
            await client.Of<T>().CreateAsync(wanted, cancellationToken);
        }
        catch (StatusException taken) when (taken.IsAlreadyExists)
        {
            // Another server was faster.
        }
    }
}
