using System.Collections.Immutable;
using System.Globalization;

namespace Sampan.Kubelet.Topology;

/// <summary>A set of processors, in the kernel's notation: <c>0-3,7</c>.</summary>
internal sealed class CpuSet : IEquatable<CpuSet>
{
    public static readonly CpuSet Empty = new([]);

    private readonly ImmutableSortedSet<int> _ids;

    public CpuSet(IEnumerable<int> ids) => _ids = [.. ids];

    public int Count => _ids.Count;

    public IEnumerable<int> Ids => _ids;

    /// <exception cref="FormatException">The text is no list of numbers and ranges.</exception>
    public static CpuSet Parse(string text) => new(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(Range));

    public bool Contains(int id) => _ids.Contains(id);

    public CpuSet Union(CpuSet other) => new(_ids.Union(other._ids));

    public CpuSet Except(CpuSet other) => new(_ids.Except(other._ids));

    public CpuSet Intersect(CpuSet other) => new(_ids.Intersect(other._ids));

    public bool Equals(CpuSet? other) => other is not null && _ids.SetEquals(other._ids);

    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString()
    {
        var runs = new List<(int First, int Last)>();
        foreach (var id in _ids)
        {
            if (runs.Count > 0 && runs[^1].Last == id - 1)
            {
                runs[^1] = (runs[^1].First, id);
            }
            else
            {
                runs.Add((id, id));
            }
        }

        return string.Join(',', runs.Select(r => r.First == r.Last ? $"{r.First}" : $"{r.First}-{r.Last}"));
    }

    private static IEnumerable<int> Range(string part)
    {
        var ends = part.Split('-');
        var (first, last) = (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
        return Enumerable.Range(first, Math.Max(last - first + 1, 0));
    }
}
