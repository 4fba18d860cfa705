using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Apply;

/// <summary>All managers of one object.</summary>
internal sealed class ManagedFields
{
    private readonly List<ManagedEntry> _entries;

    public ManagedFields(IEnumerable<ManagedEntry> entries) => _entries = [.. entries];

    public IReadOnlyList<ManagedEntry> Entries => _entries;

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Null when an entry is not understood. Of entries that clients made equal in all but their fields the last one counts.</summary>
    public static ManagedFields? TryDecode(IReadOnlyList<ManagedFieldsEntry> entries)
    {
        try
        {
            return new ManagedFields(entries.Select(ManagedEntry.Decode).Reverse().DistinctBy(entry => entry.Identity));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public List<ManagedFieldsEntry>? Encode() => _entries.Count == 0
        ? null
        : [.. _entries.OrderBy(entry => entry.Operation, StringComparer.Ordinal)
            .ThenBy(SecondsOf)
            .ThenBy(entry => entry.Manager, StringComparer.Ordinal)
            .ThenBy(entry => entry.ApiVersion, StringComparer.Ordinal)
            .ThenBy(entry => entry.Subresource, StringComparer.Ordinal)
            .Select(entry => entry.Encode())];

    public ManagedEntry? Find(FieldOwner owner, string operation, string apiVersion) =>
        _entries.Find(entry => entry.IsOf(owner, operation, apiVersion));

    /// <summary>All fields of a version that somebody manages.</summary>
    public FieldSet Union(string apiVersion) => UnionOf([.. _entries.Where(entry => entry.ApiVersion == apiVersion).Select(entry => entry.Fields)]);

    /// <summary>All of them together; halves first, so that many small sets cost little more than one large one.</summary>
    public static FieldSet UnionOf(ReadOnlySpan<FieldSet> sets) => sets.Length switch
    {
        0 => FieldSet.Empty,
        1 => sets[0],
        _ => UnionOf(sets[..(sets.Length / 2)]).Union(UnionOf(sets[(sets.Length / 2)..])),
    };

    public ManagedFields Replace(ManagedEntry? old, ManagedEntry? next) =>
        new(_entries.Where(entry => entry != old).Concat(next is null ? [] : [next]));

    /// <summary>Takes fields from every manager but one; who has none left goes, and so does who manages a version that is not served.</summary>
    public ManagedFields Without(VersionedDifference difference, ManagedEntry? spared) => new(_entries
        .Select(entry => entry == spared ? entry : Without(entry, difference.In(entry.ApiVersion)))
        .Where(entry => !entry.Fields.IsEmpty));

    private static ManagedEntry Without(ManagedEntry entry, TreeDifference? difference) =>
        entry.With(difference is null ? FieldSet.Empty : entry.Fields.Difference(difference.Changed).Difference(difference.Removed));

    internal static long SecondsOf(ManagedEntry entry) =>
        entry.Time is { } time ? ((DateTimeOffset)time).ToUnixTimeSeconds() : 0;
}
