using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>Leaves binding to the scheduler itself, which does it when no plugin has.</summary>
internal sealed class DefaultBinder : IBindPlugin
{
    private static readonly Task<PluginStatus> LeftToScheduler = Task.FromResult(PluginStatus.Skip);

    public string Name => nameof(DefaultBinder);

    public Task<PluginStatus> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct) => LeftToScheduler;
}
