using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Bindings;

/// <summary>A pod that has its node and waits to be bound.</summary>
/// <param name="Profile">Whose plugins placed it.</param>
/// <param name="State">What they know of it.</param>
/// <param name="Queued">The pod.</param>
/// <param name="Node">Its node.</param>
/// <param name="Waiting">The permits that it waits for.</param>
/// <param name="Pending">What is left to do before the binding, permits included; null when it can be bound right away.</param>
internal sealed record Placement(Profile Profile, CycleState State, QueuedPod Queued, string Node, IReadOnlyList<WaitingPod> Waiting, PreBinding? Pending)
{
    /// <summary>What the queue had been told when it was made.</summary>
    public long SeenChanges { get; init; }

    public static Placement Of(Profile profile, CycleState state, QueuedPod queued, string node, IReadOnlyList<WaitingPod> waiting) =>
        new(profile, state, queued, node, waiting, waiting.Count > 0 || profile.PreBind.Any(plugin => plugin.HasWork(state)) ? new PreBinding() : null);
}
