using System.Collections.Immutable;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>Who has which processors.</summary>
/// <param name="Exclusive">What containers have for themselves.</param>
/// <param name="Shared">What all others run on; empty where nobody has written anything yet.</param>
internal sealed record CpuState(ImmutableDictionary<(string Uid, string Container), CpuSet> Exclusive, CpuSet Shared)
{
    public static readonly CpuState None = new(ImmutableDictionary<(string, string), CpuSet>.Empty, CpuSet.Empty);

    /// <summary>Why a kubelet cannot go on with it: the machine, or what is reserved of it, is another one than when it was written.</summary>
    /// <param name="all">Processors that there are for containers of either kind.</param>
    /// <param name="reserved">Those of the system.</param>
    /// <param name="isStrict">Nobody shares reserved processors.</param>
    /// <returns>Null where it can.</returns>
    public string? Problem(CpuSet all, CpuSet reserved, bool isStrict)
    {
        if (Shared.Count == 0)
        {
            return Exclusive.IsEmpty ? null : "default cpuset cannot be empty";
        }

        var both = reserved.Intersect(Shared);
        if (isStrict && both.Count > 0)
        {
            return $"some of strictly reserved cpus: \"{both}\" are present in defaultCpuSet: \"{Shared}\"";
        }

        if (!isStrict && both.Count < reserved.Count)
        {
            return $"not all reserved cpus: \"{reserved}\" are present in defaultCpuSet: \"{Shared}\"";
        }

        if (Exclusive.FirstOrDefault(e => e.Value.Intersect(Shared).Count > 0) is { Value: { } own } overlap)
        {
            return $"pod: {overlap.Key.Uid}, container: {overlap.Key.Container} cpuset: \"{own}\" overlaps with default cpuset \"{Shared}\"";
        }

        var known = Exclusive.Values.Aggregate(Shared, (sum, cpus) => sum.Union(cpus));
        return known.Equals(all) ? null : $"current set of available CPUs \"{all}\" doesn't match with CPUs in state \"{known}\"";
    }
}
