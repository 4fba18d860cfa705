using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>The operations on sets of paths, each one walk over both tries.</summary>
internal static class FieldSetOperations
{
    /// <summary>The paths in either set.</summary>
    public static FieldSet Union(this FieldSet left, FieldSet right)
    {
        if (right.IsEmpty || ReferenceEquals(left, right))
        {
            return left;
        }
        if (left.IsEmpty)
        {
            return right;
        }
        var result = new List<FieldEntry>(left.Entries.Length + right.Entries.Length);
        var (l, r, changed) = (0, 0, false);
        while (l < left.Entries.Length || r < right.Entries.Length)
        {
            var order = Order(left, l, right, r);
            if (order == 0)
            {
                var (own, other) = (left.Entries[l++], right.Entries[r++]);
                var both = own with { IsMember = own.IsMember || other.IsMember, Children = own.Children.Union(other.Children) };
                changed |= !IsSame(own, both);
                result.Add(both);
                continue;
            }
            changed |= order > 0;
            result.Add(order < 0 ? left.Entries[l++] : right.Entries[r++]);
        }
        return changed ? FieldSet.Of([.. result]) : left;
    }

    /// <summary>The paths of the first set that are not in the second; paths below a removed one stay.</summary>
    public static FieldSet Difference(this FieldSet left, FieldSet right) => Filter(left, right, static (own, other) => own with
    {
        IsMember = own.IsMember && !other.IsMember,
        Children = own.Children.Difference(other.Children),
    });

    /// <summary>The paths of the first set that are neither in the second nor below one of its paths.</summary>
    public static FieldSet Without(this FieldSet left, FieldSet right) => Filter(left, right, static (own, other) => other.IsMember
        ? new FieldEntry(own.Element, false, FieldSet.Empty)
        : own with { Children = own.Children.Without(other.Children) });

    /// <summary>The paths in both sets.</summary>
    public static FieldSet Intersection(this FieldSet left, FieldSet right)
    {
        var result = new List<FieldEntry>();
        for (var (l, r) = (0, 0); l < left.Entries.Length && r < right.Entries.Length;)
        {
            var order = Order(left, l, right, r);
            if (order == 0)
            {
                var (own, other) = (left.Entries[l], right.Entries[r]);
                var both = new FieldEntry(own.Element, own.IsMember && other.IsMember, own.Children.Intersection(other.Children));
                if (!both.IsEmpty)
                {
                    result.Add(both);
                }
            }
            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }
        return FieldSet.Of([.. result]);
    }

    /// <summary>The set with every declared field on the way to one of its paths: an owner of spec.replicas keeps spec, too.</summary>
    public static FieldSet WithNamedParents(this FieldSet set, IStructure? structure)
    {
        var result = new FieldEntry[set.Entries.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var entry = set.Entries[i];
            var below = Below(structure, entry.Element);
            var isNamed = entry.Element.IsField && structure?.Shape == StructureShape.Object && below is not null;
            result[i] = entry.Children.IsEmpty
                ? entry
                : entry with { IsMember = entry.IsMember || isNamed, Children = entry.Children.WithNamedParents(below) };
        }
        return FieldSet.Of(result);
    }

    private static IStructure? Below(IStructure? structure, PathElement element) =>
        element.IsField ? structure?.Field(element.Value.ToString()) : structure?.Element;

    private static FieldSet Filter(FieldSet left, FieldSet right, Func<FieldEntry, FieldEntry, FieldEntry> subtract)
    {
        List<FieldEntry>? result = null;
        var (l, r) = (0, 0);
        for (; l < left.Entries.Length; l++)
        {
            while (r < right.Entries.Length && right.Entries[r].Element.CompareTo(left.Entries[l].Element) < 0)
            {
                r++;
            }
            var own = left.Entries[l];
            var isShared = r < right.Entries.Length && right.Entries[r].Element == own.Element;
            var rest = isShared ? subtract(own, right.Entries[r]) : own;
            if (result is null && IsSame(own, rest))
            {
                continue;
            }
            result ??= [.. left.Entries[..l]];
            if (!rest.IsEmpty)
            {
                result.Add(rest);
            }
        }
        return result is null ? left : FieldSet.Of([.. result]);
    }

    private static bool IsSame(FieldEntry left, FieldEntry right) =>
        left.IsMember == right.IsMember && ReferenceEquals(left.Children, right.Children);

    private static int Order(FieldSet left, int l, FieldSet right, int r)
    {
        if (l == left.Entries.Length)
        {
            return 1;
        }
        return r == right.Entries.Length ? -1 : left.Entries[l].Element.CompareTo(right.Entries[r].Element);
    }
}
