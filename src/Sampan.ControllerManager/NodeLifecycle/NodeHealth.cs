using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>When each node last showed a sign of life, by this process's own clock: node clocks may be wrong.</summary>
internal sealed class NodeHealth(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sign> _signs = [];

    /// <summary>Notes what is new; returns how long ago the last sign was, and whether there ever was one.</summary>
    public (TimeSpan Silence, bool EverReported) Observe(Node node, Lease? lease)
    {
        var heartbeat = node.Status.Conditions?.Find(c => c.Type == "Ready");
        var current = (lease?.Spec.RenewTime, heartbeat?.LastHeartbeatTime, heartbeat?.Status == "Unknown" ? null : heartbeat?.Status);
        lock (_lock)
        {
            if (!_signs.TryGetValue(node.Metadata.Uid, out var known) || known.Seen != current)
                _signs[node.Metadata.Uid] = known = new Sign(current, time.GetTimestamp());
            return (time.GetElapsedTime(known.At), lease is not null || heartbeat is not null);
        }
    }

    public void Forget(string uid)
    {
        lock (_lock) _signs.Remove(uid);
    }

    private sealed record Sign((MicroTime? Renewed, Time? Heartbeat, string? Ready) Seen, long At);
}
