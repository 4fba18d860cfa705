using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins;
using Sampan.Scheduler.Plugins.Devices;
using Sampan.Scheduler.Plugins.Volumes;

namespace Sampan.Scheduler.Configuration;

/// <summary>The plugins that a profile has when its configuration doesn't say otherwise, in upstream's order and with upstream's weights.</summary>
internal static class DefaultPlugins
{
    public static IReadOnlyList<(string Name, int Weight, Func<PluginConfig, IPlugin> Create)> All { get; } =
    [
        (nameof(SchedulingGates), 0, static _ => new SchedulingGates()),
        (nameof(PrioritySort), 0, static _ => new PrioritySort()),
        (nameof(NodeUnschedulable), 0, static _ => new NodeUnschedulable()),
        (nameof(NodeName), 0, static _ => new NodeName()),
        (nameof(TaintToleration), 3, static _ => new TaintToleration()),
        ("NodeAffinity", 2, static config => new NodeAffinityPlugin(config.Known as NodeAffinityArgs)),
        (nameof(NodeDeclaredFeatures), 0, static _ => new NodeDeclaredFeatures()),
        (nameof(NodePorts), 0, static _ => new NodePorts()),
        (nameof(NodeResourcesFit), 1, static config => new NodeResourcesFit(config.Known as NodeResourcesFitArgs)),
        (nameof(VolumeRestrictions), 0, static _ => new VolumeRestrictions()),
        (nameof(NodeVolumeLimits), 0, static _ => new NodeVolumeLimits()),
        (nameof(VolumeBinding), 0, static config => new VolumeBinding(config.Known as VolumeBindingArgs)),
        (nameof(VolumeZone), 0, static _ => new VolumeZone()),
        (nameof(PodTopologySpread), 2, static config => new PodTopologySpread(config.Known as PodTopologySpreadArgs)),
        (nameof(InterPodAffinity), 2, static config => new InterPodAffinity(config.Known as InterPodAffinityArgs)),
        (nameof(DynamicResources), 2, static config => new DynamicResources(config.Known as DynamicResourcesArgs)),
        (nameof(DefaultPreemption), 0, static config => new DefaultPreemption(config.Known as DefaultPreemptionArgs)),
        (nameof(NodeResourcesBalancedAllocation), 1, static config => new NodeResourcesBalancedAllocation(config.Known as NodeResourcesBalancedAllocationArgs)),
        (nameof(ImageLocality), 1, static _ => new ImageLocality()),
        (nameof(DefaultBinder), 0, static _ => new DefaultBinder()),
    ];

    /// <summary>The defaults in their order, as a profile changes them, then what it adds.</summary>
    public static PluginSet Merge(PluginSet changes)
    {
        var defaults = All.Where(plugin => !changes.Disables(plugin.Name))
            .Select(plugin => changes.Enabled.FindLast(changed => changed.Name == plugin.Name) ?? new PluginReference(plugin.Name, plugin.Weight)).ToList();
        return new() { Enabled = [.. defaults, .. changes.Enabled.Where(plugin => !defaults.Exists(known => ReferenceEquals(known, plugin)))], Disabled = changes.Disabled };
    }
}
