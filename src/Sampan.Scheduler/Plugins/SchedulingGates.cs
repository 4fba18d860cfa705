using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>Holds a pod back while its spec names scheduling gates.</summary>
internal sealed class SchedulingGates : IPreEnqueuePlugin
{
    public string Name => nameof(SchedulingGates);

    public PluginStatus PreEnqueue(PodInfo pod)
    {
        var gates = pod.Pod.Spec.SchedulingGates.OrEmpty();
        return gates.Count == 0
            ? PluginStatus.Success
            : PluginStatus.Unresolvable($"waiting for scheduling gates: [{string.Join(' ', gates.Select(gate => gate.Name))}]");
    }
}
