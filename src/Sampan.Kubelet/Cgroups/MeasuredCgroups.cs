using System.Collections.Concurrent;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Cgroups;

/// <summary>Measures how long changes of groups take, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class MeasuredCgroups : ICgroups
{
    private readonly ICgroups _inner;
    private readonly TimeProvider _time;
    private readonly Histogram _durations;
    private readonly ConcurrentDictionary<string, bool> _known = new();

    public MeasuredCgroups(ICgroups inner, MetricRegistry registry, TimeProvider time)
    {
        (_inner, _time) = (inner, time);
        _durations = registry.Histogram("kubelet_cgroup_manager_duration_seconds", "[ALPHA] Seconds that one change of a cgroup takes, by what is done to it.", Buckets.Default, "operation_type");
        registry.Gauge("kubelet_cgroup_version", "[ALPHA] 1 or 2: the version of cgroups that the host has.").With().Set(inner.Version);
    }

    public int Version => _inner.Version;

    public bool CanLimitSwap => _inner.CanLimitSwap;

    public void Ensure(string path, CgroupResources resources) => Measure(_known.TryAdd(path, true) ? "create" : "update", () => _inner.Ensure(path, resources));

    public void Remove(string path)
    {
        if (_known.TryRemove(path, out _))
        {
            Measure("destroy", () => _inner.Remove(path));
        }
        else
        {
            _inner.Remove(path);
        }
    }

    public IReadOnlyList<string> Children(string path) => _inner.Children(path);

    public CgroupUsage? Usage(string path) => _inner.Usage(path);

    public IReadOnlyList<int> Processes(string path) => _inner.Processes(path);

    public Pressures PressuresOf(string path) => _inner.PressuresOf(path);

    private void Measure(string operation, Action action)
    {
        var started = _time.GetTimestamp();
        try
        {
            action();
        }
        finally
        {
            _durations.With(operation).Observe(_time.GetElapsedTime(started).TotalSeconds);
        }
    }
}
