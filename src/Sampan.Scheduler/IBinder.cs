using Sampan.Api.Core.V1;

namespace Sampan.Scheduler;

/// <summary>What the scheduler tells the API server: where a pod goes, or why it goes nowhere.</summary>
internal interface IBinder
{
    Task BindAsync(Pod pod, string node, CancellationToken ct);

    /// <summary>Sets the condition PodScheduled to False and records an event; returns at once.</summary>
    void ReportUnschedulable(Pod pod, string reason, string message);
}
