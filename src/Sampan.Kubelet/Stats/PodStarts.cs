using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>
/// How long pods take from their creation until the API has them running: in all, and without what is their authors' doing. Upstream:
/// pkg/kubelet/util/pod_startup_latency_tracker.go.
/// <code>
/// created ── pull 3s ── init container 5s ── running      total 9s, service level 1s
/// </code>
/// </summary>
internal sealed class PodStarts
{
    private readonly ConcurrentDictionary<string, Start> _starts = new();
    private readonly TimeProvider _time;
    private readonly Histogram _sli;
    private readonly Histogram _total;
    private readonly GaugeValue _first;
    private bool _hasFirst;

    public PodStarts(MetricRegistry registry, double[] buckets, TimeProvider time)
    {
        _time = time;
        _sli = registry.Histogram("kubelet_pod_start_sli_duration_seconds", "[ALPHA] Seconds from a pod's creation until the API is seen to have all of it started, without pulls and init containers.", buckets);
        _total = registry.Histogram("kubelet_pod_start_total_duration_seconds", "[ALPHA] Seconds from a pod's creation until the API is seen to have all of it started.", buckets);
        _first = registry.Gauge("kubelet_first_network_pod_start_sli_duration_seconds", "[INTERNAL] The same for the first pod of this kubelet with a network of its own, without pulls and init containers.").With();
    }

    /// <summary>The API's pod. Only those that this kubelet sees from their beginning count, and of them none that had to wait for a place.</summary>
    public void Seen(Pod pod)
    {
        var uid = pod.Metadata.Uid;
        if (pod.Status.Phase is "Succeeded" or "Failed")
        {
            _starts.TryRemove(uid, out _);
        }
        else if (!_starts.TryGetValue(uid, out var start))
        {
            if (pod.Status.StartTime is null)
            {
                _starts[uid] = new Start { IsExcluded = IsUnschedulable(pod) };
            }
        }
        else if (IsUnschedulable(pod))
        {
            start.IsExcluded = true;
        }
        else if (start is { IsExcluded: false, HasRun: true, IsTold: false } && HasStarted(pod.Status))
        {
            start.IsTold = true;
            Tell(pod, start);
        }
    }

    /// <summary>A status was accepted by the API.</summary>
    public void Told(string uid, PodStatus status)
    {
        if (_starts.TryGetValue(uid, out var start) && HasStarted(status))
        {
            start.HasRun = true;
            start.InInit = InitTime(status);
        }
    }

    /// <summary>Pulls at once count once.</summary>
    public void PullBegan(string uid)
    {
        if (_starts.TryGetValue(uid, out var start))
        {
            lock (start)
            {
                start.PullingSince = start.Pulls++ == 0 ? _time.GetTimestamp() : start.PullingSince;
            }
        }
    }

    public void PullEnded(string uid)
    {
        if (_starts.TryGetValue(uid, out var start))
        {
            lock (start)
            {
                start.InPulls += --start.Pulls == 0 ? _time.GetElapsedTime(start.PullingSince) : TimeSpan.Zero;
            }
        }
    }

    public void Forget(string uid) => _starts.TryRemove(uid, out _);

    private void Tell(Pod pod, Start start)
    {
        var total = _time.GetUtcNow() - (pod.Metadata.CreationTimestamp?.Value ?? _time.GetUtcNow());
        _total.With().Observe(total.TotalSeconds);
        if (IsStateful(pod))
        {
            return;
        }

        var own = (total - start.InPulls - start.InInit).TotalSeconds;
        _sli.With().Observe(own);
        if (!pod.Spec.HostNetwork && !_hasFirst)
        {
            _hasFirst = true;
            _first.Set(own);
        }
    }

    private static TimeSpan InitTime(PodStatus status) => status.InitContainerStatuses.OrEmpty()
        .Select(s => s.State.Terminated)
        .Aggregate(TimeSpan.Zero, (sum, ended) => ended is { StartedAt: { } from, FinishedAt: { } to } && to.Value > from.Value ? sum + (to.Value - from.Value) : sum);

    private static bool HasStarted(PodStatus status) => status.ContainerStatuses.OrEmpty() is { Count: > 0 } all && all.All(s => s.State.Running?.StartedAt is not null);

    private static bool IsUnschedulable(Pod pod) => pod.Status.Conditions.OrEmpty().Any(c => c is { Type: "PodScheduled", Status: "False" });

    /// <summary>It has a volume that is more than a few files of the pod's own.</summary>
    private static bool IsStateful(Pod pod) => pod.Spec.Volumes.OrEmpty().Any(v => v is { Secret: null, ConfigMap: null, DownwardAPI: null, EmptyDir: null });

    private sealed class Start
    {
        public bool IsExcluded { get; set; }

        public bool HasRun { get; set; }

        public bool IsTold { get; set; }

        public int Pulls { get; set; }

        public long PullingSince { get; set; }

        public TimeSpan InPulls { get; set; }

        public TimeSpan InInit { get; set; }
    }
}
