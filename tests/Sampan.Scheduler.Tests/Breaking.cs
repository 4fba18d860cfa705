using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

/// <summary>Breaks once, at the extension point that it is told.</summary>
internal sealed class Breaking : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IReservePlugin, IPermitPlugin, IPreBindPlugin, IBindPlugin
{
    private volatile string? _point;

    public string Name => nameof(Breaking);

    public string Point { set => _point = value; }

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster) => new(At("PreFilter"));

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) => At("Filter");

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) => At("PreScore");

    public PluginStatus Reserve(CycleState state, PodInfo pod, string node) => At("Reserve");

    public void Unreserve(CycleState state, PodInfo pod, string node)
    {
    }

    public (PluginStatus Status, WaitingPod? Waiting) Permit(CycleState state, PodInfo pod, string node) => (At("Permit"), null);

    public bool HasWork(CycleState state) => _point == "PreBind";

    public Task<PluginStatus> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct) => Task.FromResult(At("PreBind"));

    public Task<PluginStatus> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct) =>
        Task.FromResult(At("Bind") is { IsSuccess: false } broken ? broken : PluginStatus.Skip);

    private PluginStatus At(string point)
    {
        if (_point != point) return PluginStatus.Success;
        _point = null;
        return PluginStatus.Error("out of order");
    }
}
