using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sampan.Api.Meta.V1;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.GarbageCollection;

/// <summary>What the collector asks of the server. Every write names the uid and revision that it was decided on.</summary>
internal sealed class GarbageActions(ApiClient client, OwnerGraph graph, EventRecorder events)
{
    private const int MostAbsent = 1000;
    private const int OrphansAtOnce = 16;

    /// <summary>
    /// Owners that the server did not have, and whether they are in another namespace: a uid never comes back, so the other dependents
    /// need not ask.
    /// </summary>
    private readonly ConcurrentDictionary<GarbageItem, bool> _absent = new();

    /// <summary>The object as the server has it, if it is still this one.</summary>
    public async Task<PartialObject?> FindAsync(GarbageItem item, CancellationToken cancellationToken)
    {
        var found = await client.Metadata(item.Resource).FindAsync(item.Key.Namespace, item.Key.Name, cancellationToken);
        return found?.Metadata.Uid == item.Uid ? found : null;
    }

    public async Task<OwnerStates> ClassifyAsync(GarbageItem key, PartialObject dependent, CancellationToken cancellationToken)
    {
        var states = new OwnerStates([], [], []);
        foreach (var owner in dependent.Metadata.OwnerReferences.OrEmpty())
        {
            var kind = graph.Find(owner)
                ?? throw new InvalidOperationException($"the server does not know the owner's kind {owner.ApiVersion} {owner.Kind} (now)");
            // A cluster-scoped object cannot have a namespaced owner; such an owner can not be looked up, so it is never called gone.
            if (kind.Namespaced && dependent.Metadata.Namespace.Length == 0)
            {
                if (graph.IsElsewhere(graph.ItemOf(owner, "")!.Value)) SayElsewhere(key, owner);
                states.Solid.Add(owner);
                continue;
            }

            var item = graph.ItemOf(owner, dependent.Metadata.Namespace)!.Value;
            var live = await FindOwnerAsync(item, cancellationToken);
            if (live is null && _absent.GetValueOrDefault(item)) SayElsewhere(key, owner);
            var list = live is null ? states.Dangling : live.Metadata.DeletesDependents() ? states.Waiting : states.Solid;
            list.Add(owner);
        }

        return states;
    }

    public async Task DeleteAsync(GarbageItem item, PartialObject live, string policy, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions
        {
            PropagationPolicy = policy,
            Preconditions = new Preconditions { Uid = item.Uid, ResourceVersion = live.Metadata.ResourceVersion },
        };
        try
        {
            await client.Metadata(item.Resource).DeleteAsync(item.Key.Namespace, item.Key.Name, options, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
        }
    }

    public Task RemoveOwnersAsync(GarbageItem item, PartialObject live, List<OwnerReference> owners, CancellationToken cancellationToken)
    {
        var gone = owners.Select(o => o.Uid).ToHashSet();
        return PatchOwnersAsync(item, live, live.Metadata.OwnerReferences.OrEmpty().Where(o => !gone.Contains(o.Uid)), cancellationToken);
    }

    public Task UnblockOwnersAsync(GarbageItem item, PartialObject live, CancellationToken cancellationToken)
    {
        var owners = live.Metadata.OwnerReferences.OrEmpty().Select(o =>
        {
            var copy = o.DeepClone();
            copy.BlockOwnerDeletion = false;
            return copy;
        });
        return PatchOwnersAsync(item, live, owners, cancellationToken, withRevision: false);
    }

    /// <summary>Frees all dependents, then the owner. One that is overlooked would be collected: where a cache may be late, the server is asked.</summary>
    public async Task OrphanDependentsAsync(GarbageItem item, PartialObject live, CancellationToken cancellationToken)
    {
        var dependents = graph.DependentsOf(item.Uid).Select(d => d.Item).ToHashSet();
        foreach (var resource in graph.Behind(item, live.Metadata.ResourceVersion)) dependents.UnionWith(await ListAsync(resource, item, cancellationToken));
        await Parallel.ForEachAsync(
            dependents,
            new ParallelOptions { MaxDegreeOfParallelism = OrphansAtOnce, CancellationToken = cancellationToken },
            async (dependent, ct) =>
            {
                if (await FindAsync(dependent, ct) is not { } fresh) return;
                if (fresh.Metadata.OwnerReferences?.Find(o => o.Uid == item.Uid) is { } owner) await RemoveOwnersAsync(dependent, fresh, [owner], ct);
            });
        await RemoveFinalizerAsync(item, live, Deletions.Orphan, cancellationToken);
    }

    private async Task<IEnumerable<GarbageItem>> ListAsync(GroupVersionResource resource, GarbageItem owner, CancellationToken cancellationToken)
    {
        try
        {
            var live = await client.Metadata(resource).ListAsync(owner.Key.Namespace, cancellationToken);
            return live.Items.Where(o => o.Metadata.OwnerReferences?.Exists(r => r.Uid == owner.Uid) == true).Select(o => OwnerGraph.ItemOf(resource, o));
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return [];
        }
    }

    public Task RemoveFinalizerAsync(GarbageItem item, PartialObject live, string finalizer, CancellationToken cancellationToken)
    {
        var left = live.Metadata.Finalizers.OrEmpty().Where(f => f != finalizer).Select(f => (JsonNode)f);
        return PatchAsync(item, new JsonObject
        {
            ["finalizers"] = new JsonArray([.. left]),
            ["resourceVersion"] = live.Metadata.ResourceVersion,
        }, cancellationToken);
    }

    private async Task<PartialObject?> FindOwnerAsync(GarbageItem owner, CancellationToken cancellationToken)
    {
        if (_absent.ContainsKey(owner)) return null;
        if (await FindAsync(owner, cancellationToken) is { } live) return live;
        if (_absent.Count >= MostAbsent) _absent.Clear();
        _absent[owner] = graph.IsElsewhere(owner);
        return null;
    }

    /// <summary>An owner in another namespace owns nothing: who wrote the reference should know why the object goes.</summary>
    private void SayElsewhere(GarbageItem dependent, OwnerReference owner)
    {
        var ns = dependent.Key.Namespace;
        var reference = $"[{owner.ApiVersion}/{owner.Kind}, namespace: {ns}, name: {owner.Name}, uid: {owner.Uid}]";
        events.Event(graph.ReferenceTo(dependent), "Warning", "OwnerRefInvalidNamespace", $"ownerRef {reference} does not exist in namespace \"{ns}\"");
    }

    private Task PatchOwnersAsync(
        GarbageItem item, PartialObject live, IEnumerable<OwnerReference> owners, CancellationToken cancellationToken, bool withRevision = true)
    {
        var list = owners.Select(o => JsonNode.Parse(JsonCodec.Encode(o)));
        var metadata = new JsonObject { ["ownerReferences"] = new JsonArray([.. list]), ["uid"] = item.Uid };
        if (withRevision) metadata["resourceVersion"] = live.Metadata.ResourceVersion;
        return PatchAsync(item, metadata, cancellationToken);
    }

    /// <summary>A merge patch: every resource understands it, custom ones too.</summary>
    private async Task PatchAsync(GarbageItem item, JsonObject metadata, CancellationToken cancellationToken)
    {
        try
        {
            var patch = Patch.Merge(new JsonObject { ["metadata"] = metadata });
            await client.Metadata(item.Resource).PatchAsync(item.Key.Namespace, item.Key.Name, patch, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
        }
    }
}
