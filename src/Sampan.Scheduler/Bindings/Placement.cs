using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Bindings;

/// <summary>A pod that has its node and waits to be bound.</summary>
internal sealed record Placement(Profile Profile, CycleState State, QueuedPod Queued, string Node, IReadOnlyList<WaitingPod> Waiting);
