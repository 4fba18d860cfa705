using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Bindings;

/// <summary>What the scheduler tells the API server: where a pod goes, or why it goes nowhere.</summary>
internal interface IBinder
{
    Task BindAsync(Pod pod, string node, CancellationToken ct);

    /// <summary>Says where a pod will go whose binding takes a while; whether it can be said or not, the binding goes on.</summary>
    Task NominateAsync(Pod pod, string node, CancellationToken ct);

    /// <summary>Records an event for the pod's users; returns at once.</summary>
    void ReportScheduled(Pod pod, string node);

    /// <summary>Sets the condition PodScheduled to False, and the node where room is being made (empty: no more); returns at once.</summary>
    void ReportUnschedulable(Pod pod, string reason, string message, string? nominatedNode = null);
}
