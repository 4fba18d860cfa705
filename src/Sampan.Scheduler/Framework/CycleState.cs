using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Framework;

/// <summary>What plugins remember between the extension points of one scheduling cycle, each under its own type.</summary>
public sealed class CycleState(SchedulerCache cluster, TypeSlots shared) : TypeSlots
{
    /// <summary>The cluster as it is in this cycle. Only the scheduling loop may look at it: not PreBind, Bind or PostBind.</summary>
    public SchedulerCache Cluster => cluster;

    /// <summary>What plugins remember for all pods equal to this one (same namespace, labels, owner and spec), over many cycles.</summary>
    public TypeSlots Shared => shared;

    /// <summary>How long plugins take is measured in some cycles only: the clock costs more than many of them.</summary>
    internal bool IsTimed { get; set; }

    /// <summary>The filters that PreFilter left out, a bit each in the profile's order.</summary>
    internal ulong SkippedFilters { get; set; }

    /// <summary>The score plugins that PreScore left out, a bit each in the profile's order.</summary>
    internal ulong SkippedScores { get; set; }
}
