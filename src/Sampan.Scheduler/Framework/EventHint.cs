using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Framework;

/// <summary>A change that can make a refused pod schedulable.</summary>
/// <param name="Event">The kinds of change.</param>
/// <param name="Helps">Looks at the pod and the change (the event carries the objects); null: any such change may help.</param>
public sealed record EventHint(ClusterEventKind Event, Func<PodInfo, ClusterEvent, bool>? Helps = null);
