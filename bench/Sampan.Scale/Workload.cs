using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Scale;

/// <summary>A workload of upstream's scheduler_perf, under its name.</summary>
/// <param name="Name">As upstream calls it.</param>
/// <param name="Init">The pods that are there before, by number.</param>
/// <param name="Measured">The pods that are measured, by number.</param>
/// <param name="InitFits">Whether the first ones find a place.</param>
internal sealed record Workload(string Name, Func<int, Pod> Init, Func<int, Pod> Measured, bool InitFits = true)
{
    public Workload(string name, Func<int, Pod> pods) : this(name, pods, pods)
    {
    }

    /// <summary>What else has to be there for a pod.</summary>
    public Func<int, IEnumerable<IObject>> Objects { get; init; } = static _ => [];
}
