using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>
/// Tells the cluster which drivers this node has: in the CSINode, and, for drivers' controllers and the scheduler, in an
/// annotation and in topology labels of the Node.
/// </summary>
internal sealed class CsiNodeObject(ICsiApi api, TimeProvider time, ILogger logger)
{
    private const string NodeIdAnnotation = "csi.volume.kubernetes.io/nodeid";
    private const int Attempts = 5;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _one = new(1);

    /// <exception cref="VolumeFailure">The driver's topology contradicts the node's labels.</exception>
    public async Task AddAsync(string driver, NodeGetInfoResponse info, CancellationToken cancellationToken)
    {
        if (info.NodeId.Length == 0)
        {
            throw new VolumeFailure("error adding CSI driver node info: driverNodeID must not be empty");
        }

        await OneAtATimeAsync(async () =>
        {
            var node = await api.GetNodeAsync(cancellationToken);
            await TellNodeAsync(node, driver, info.NodeId, info.AccessibleTopology?.Segments.ToList() ?? [], cancellationToken);
            await ChangeAsync(node, drivers => Put(drivers, Describe(driver, info)), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Makes the CSINode where there is none: without it nobody knows that there are no drivers.</summary>
    public async Task RunAsync(Task registered, CancellationToken cancellationToken)
    {
        await registered.WaitAsync(cancellationToken);
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                await EnsureAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (e is StatusException or Client.ApiConnectionException)
            {
                logger.LogWarning("Could not make the CSINode: {Error}", e.Message);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private Task EnsureAsync(CancellationToken cancellationToken) => OneAtATimeAsync(
        async () => await ChangeAsync(await api.GetNodeAsync(cancellationToken), drivers => drivers, cancellationToken), cancellationToken);

    /// <summary>What cannot be taken back now is put right when the driver comes again.</summary>
    public async Task RemoveAsync(string driver, CancellationToken cancellationToken)
    {
        try
        {
            await OneAtATimeAsync(async () =>
            {
                var node = await api.GetNodeAsync(cancellationToken);
                await ChangeAsync(node, drivers => [.. drivers.Where(d => d.Name != driver)], cancellationToken);
                await TellNodeAsync(node, driver, null, [], cancellationToken);
            }, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or Client.ApiConnectionException)
        {
            logger.LogWarning("CSI driver {Driver} is gone, but the node still names it: {Error}", driver, e.Message);
        }
    }

    private async Task TellNodeAsync(Node node, string driver, string? id, IReadOnlyCollection<KeyValuePair<string, string>> topology, CancellationToken cancellationToken)
    {
        var labels = node.Metadata.Labels.OrEmpty();
        foreach (var (key, value) in topology)
        {
            if (labels.TryGetValue(key, out var known) && known != value)
            {
                throw new VolumeFailure($"detected topology value collision: driver reported \"{key}\":\"{value}\" but existing label is \"{key}\":\"{known}\"");
            }
        }

        var ids = Ids(node);
        var changed = new SortedDictionary<string, string>(ids, StringComparer.Ordinal);
        _ = id is null ? changed.Remove(driver) : (changed[driver] = id).Length > 0;
        var missing = topology.Where(t => !labels.ContainsKey(t.Key)).ToList();
        if (missing.Count == 0 && changed.SequenceEqual(ids))
        {
            return;
        }

        await api.PatchNodeAsync(new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["annotations"] = new JsonObject { [NodeIdAnnotation] = changed.Count == 0 ? null : JsonSerializer.Serialize(changed, KubeletJson.Default.Ids) },
                ["labels"] = new JsonObject(missing.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
            },
        }, cancellationToken);
    }

    private static SortedDictionary<string, string> Ids(Node node)
    {
        try
        {
            var text = node.Metadata.Annotations.OrEmpty().GetValueOrDefault(NodeIdAnnotation);
            return text is null ? [] : new(JsonSerializer.Deserialize(text, KubeletJson.Default.Ids)!, StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Somebody broke it; it is written anew.
            return [];
        }
    }

    private async Task ChangeAsync(Node node, Func<List<CSINodeDriver>, List<CSINodeDriver>> change, CancellationToken cancellationToken)
    {
        if (await api.FindCsiNodeAsync(cancellationToken) is { } known)
        {
            var copy = known.DeepClone();
            copy.Spec.Drivers = change([.. known.Spec.Drivers.OrEmpty()]);
            if (!copy.Equals(known))
            {
                await api.UpdateCsiNodeAsync(copy, cancellationToken);
            }

            return;
        }

        await api.CreateCsiNodeAsync(new CSINode
        {
            Metadata = new() { Name = api.NodeName, OwnerReferences = [new() { ApiVersion = "v1", Kind = "Node", Name = api.NodeName, Uid = node.Metadata.Uid }] },
            Spec = new() { Drivers = change([]) },
        }, cancellationToken);
    }

    /// <summary>In the old one's place, so that what is the same stays the same.</summary>
    private static List<CSINodeDriver> Put(List<CSINodeDriver> drivers, CSINodeDriver driver)
    {
        var place = drivers.FindIndex(d => d.Name == driver.Name);
        return place < 0 ? [.. drivers, driver] : [.. drivers[..place], driver, .. drivers[(place + 1)..]];
    }

    private static CSINodeDriver Describe(string driver, NodeGetInfoResponse info) => new()
    {
        Name = driver,
        NodeID = info.NodeId,
        TopologyKeys = info.AccessibleTopology is { Segments.Count: > 0 } topology ? [.. topology.Segments.Keys.Order(StringComparer.Ordinal)] : null,
        Allocatable = info.MaxVolumesPerNode > 0 ? new() { Count = (int)Math.Min(info.MaxVolumesPerNode, int.MaxValue) } : null,
    };

    /// <summary>Others write both objects as well: what they wrote between reading and writing is read again.</summary>
    private async Task OneAtATimeAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; !await TryAsync(action, isLast: attempt == Attempts); attempt++)
            {
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<bool> TryAsync(Func<Task> action, bool isLast)
    {
        try
        {
            await action();
            return true;
        }
        catch (StatusException e) when (!isLast && (e.IsConflict || e.IsAlreadyExists))
        {
            return false;
        }
    }
}
