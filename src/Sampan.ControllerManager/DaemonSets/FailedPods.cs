using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

/// <summary>Pauses before failed pods are replaced, per set, its generation, and node: 1 s, doubling to 15 min, so that a broken one does not churn.</summary>
internal sealed class FailedPods(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset NotBefore, TimeSpan Pause)> _records = [];

    /// <summary>How long to wait still; null when the pod may be replaced now.</summary>
    public TimeSpan? Wait(DaemonSet set, Pod pod)
    {
        var key = $"{set.Metadata.Uid}/{set.Status.ObservedGeneration}/{NodeFit.NodeOf(pod)}";
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var record = _records.GetValueOrDefault(key);
            if (record.NotBefore > now) return record.NotBefore - now;
            // Quiet for twice the longest pause: the trouble is over.
            var isFresh = now - record.NotBefore > Longest * 2;
            var pause = isFresh ? TimeSpan.FromSeconds(1) : record.Pause * 2 < Longest ? record.Pause * 2 : Longest;
            _records[key] = (now + pause, pause);
            return null;
        }
    }
}
