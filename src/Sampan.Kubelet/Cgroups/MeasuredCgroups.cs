using System.Collections.Concurrent;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// The host's groups by the driver in force, which may change until the first is made. Measures how long changes of groups take,
/// under upstream's names (pkg/kubelet/metrics).
/// </summary>
internal sealed class MeasuredCgroups : ICgroups
{
    private readonly TimeProvider _time;
    private readonly Histogram _durations;
    private readonly ConcurrentDictionary<string, bool> _known = new();
    private ICgroups _inner;

    public MeasuredCgroups(ICgroups inner, MetricRegistry registry, TimeProvider time)
    {
        (_inner, _time) = (inner, time);
        _durations = registry.Histogram("kubelet_cgroup_manager_duration_seconds", "[ALPHA] Seconds that one change of a cgroup takes, by what is done to it.", Buckets.Default, "operation_type");
        registry.Gauge("kubelet_cgroup_version", "[ALPHA] 1 or 2: the version of cgroups that the host has.").With().Set(inner.Version);
    }

    public int Version => _inner.Version;

    public bool CanLimitSwap => _inner.CanLimitSwap;

    public ICgroupNames Names => _inner.Names;

    /// <summary>Puts a driver before what there is.</summary>
    public void Use(Func<ICgroups, ICgroups> driver) => _inner = driver(_inner);

    public Task EnsureAsync(string path, CgroupResources resources, CancellationToken cancellationToken) =>
        MeasureAsync(_known.TryAdd(path, true) ? "create" : "update", () => _inner.EnsureAsync(path, resources, cancellationToken));

    public Task RemoveAsync(string path, CancellationToken cancellationToken) =>
        _known.TryRemove(path, out _) ? MeasureAsync("destroy", () => _inner.RemoveAsync(path, cancellationToken)) : _inner.RemoveAsync(path, cancellationToken);

    public bool Exists(string path) => _inner.Exists(path);

    public void Kill(string path) => _inner.Kill(path);

    public IReadOnlyList<string> Children(string path) => _inner.Children(path);

    public CgroupUsage? Usage(string path) => _inner.Usage(path);

    public IReadOnlyList<int> Processes(string path) => _inner.Processes(path);

    public Pressures PressuresOf(string path) => _inner.PressuresOf(path);

    private async Task MeasureAsync(string operation, Func<Task> action)
    {
        var started = _time.GetTimestamp();
        try
        {
            await action();
        }
        finally
        {
            _durations.With(operation).Observe(_time.GetElapsedTime(started).TotalSeconds);
        }
    }
}
