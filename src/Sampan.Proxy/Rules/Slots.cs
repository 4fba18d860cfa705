using System.Collections.Immutable;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>
/// Gives endpoints their indexes 0..n-1 so that a change moves as few of them as possible: from [a b c d], removing b gives
/// [a d c]; adding e then gives [a d c e]. Each moved index is one element of the kernel's map.
/// </summary>
internal static class Slots
{
    public static ImmutableArray<Target> Assign(ImmutableArray<Target> previous, ImmutableArray<Target> wanted)
    {
        if (previous.IsEmpty || wanted.IsEmpty) return wanted;
        var slots = new Target?[wanted.Length];
        var homeless = new HashSet<Target>(wanted);
        for (int i = 0; i < Math.Min(previous.Length, slots.Length); i++)
        {
            if (homeless.Remove(previous[i])) slots[i] = previous[i];
        }

        Fill(slots, wanted.Where(homeless.Contains));
        return ImmutableArray.Create(slots!)!;
    }

    private static void Fill(Target?[] slots, IEnumerable<Target> homeless)
    {
        int free = 0;
        foreach (var target in homeless)
        {
            while (slots[free] is not null) free++;
            slots[free] = target;
        }
    }
}
