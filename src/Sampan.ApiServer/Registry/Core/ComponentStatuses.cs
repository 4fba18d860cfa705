using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Store;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Asks the components of the control plane how they are, when somebody wants to know.</summary>
internal sealed class ComponentStatuses(IStore store, IReadOnlyDictionary<string, Func<CancellationToken, Task<string?>>> probes)
{
    public ResourceDescriptor Resource => new(ComponentStatus.Info, GenericStrategy.Instance) { Computed = ListAsync };

    private async ValueTask<IReadOnlyList<IObject>> ListAsync(CancellationToken cancelled)
    {
        var all = probes.Append(new("etcd-0", AskStoreAsync)).Select(probe => AskAsync(probe.Key, probe.Value, cancelled));
        return [.. (await Task.WhenAll(all)).OrderBy(status => status.Metadata.Name, StringComparer.Ordinal)];
    }

    private static async Task<ComponentStatus> AskAsync(string name, Func<CancellationToken, Task<string?>> probe, CancellationToken cancelled)
    {
        var problem = await probe(cancelled);
        return new ComponentStatus
        {
            Metadata = new() { Name = name },
            Conditions = [new() { Type = "Healthy", Status = problem is null ? "True" : "False", Message = problem ?? "ok" }],
        };
    }

    private async Task<string?> AskStoreAsync(CancellationToken cancelled)
    {
        try
        {
            await store.CurrentRevisionAsync(cancelled);
            return null;
        }
        catch (StoreException failure)
        {
            return failure.Message;
        }
    }
}
