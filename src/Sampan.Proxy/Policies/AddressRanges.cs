using System.Net;

namespace Sampan.Proxy.Policies;

/// <summary>Arithmetic on sets of addresses.</summary>
internal static class AddressRanges
{
    /// <summary>What is left of a block without its exceptions: 10.0.0.0/30 without 10.0.0.1/32 → 10.0.0.0, 10.0.0.2-10.0.0.3.</summary>
    public static IEnumerable<AddressRange> Except(IPNetwork block, IEnumerable<IPNetwork> exceptions)
    {
        List<AddressRange> left = [AddressRange.Of(block)];
        foreach (var hole in exceptions.Select(AddressRange.Of)) left = [.. left.SelectMany(range => Without(range, hole))];
        return left;
    }

    /// <summary>The same addresses in as few ranges as possible, which do not touch; all must be of one family.</summary>
    public static IReadOnlyList<AddressRange> Merge(IEnumerable<AddressRange> ranges)
    {
        var merged = new List<AddressRange>();
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (merged.Count > 0 && (merged[^1].Last == UInt128.MaxValue || range.First <= merged[^1].Last + 1))
                merged[^1] = merged[^1] with { Last = UInt128.Max(merged[^1].Last, range.Last) };
            else
                merged.Add(range);
        }

        return merged;
    }

    private static IEnumerable<AddressRange> Without(AddressRange range, AddressRange hole)
    {
        if (hole.Family != range.Family || hole.Last < range.First || hole.First > range.Last)
        {
            yield return range;
            yield break;
        }

        if (hole.First > range.First) yield return range with { Last = hole.First - 1 };
        if (hole.Last < range.Last) yield return range with { First = hole.Last + 1 };
    }
}
