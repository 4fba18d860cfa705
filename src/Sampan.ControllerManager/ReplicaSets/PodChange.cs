using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.ReplicaSets;

/// <summary>The pods that one reconcile made and took away, and what stopped it.</summary>
internal sealed record PodChange
{
    public IReadOnlyCollection<Pod> Created { get; init; } = [];

    public IReadOnlyCollection<Pod> Deleted { get; init; } = [];

    public Exception? Failure { get; init; }
}
