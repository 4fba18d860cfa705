using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Framework;

/// <summary>A service outside the scheduler that has a say, after the plugins. Calls hold up the scheduling loop.</summary>
public interface IExtender
{
    string Name { get; }

    bool IsInterested(PodInfo pod);

    /// <summary>The nodes that pass; says of the others why in the diagnosis.</summary>
    IReadOnlyList<NodeInfo> Filter(PodInfo pod, IReadOnlyList<NodeInfo> nodes, Diagnosis diagnosis);

    /// <summary>Adds its weighted scores to the plugins' (which are up to 100 times their weight).</summary>
    void Prioritize(PodInfo pod, IReadOnlyList<NodeInfo> nodes, Span<long> totals);

    /// <summary>Whether it binds the pod itself.</summary>
    bool IsBinder { get; }

    /// <summary>Binds the pod; false when it could not and may be passed over.</summary>
    Task<bool> BindAsync(PodInfo pod, string node, CancellationToken ct);
}
