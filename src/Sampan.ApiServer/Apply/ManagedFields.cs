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

    /// <summary>Null when an entry is not understood.</summary>
    public static ManagedFields? TryDecode(IReadOnlyList<ManagedFieldsEntry> entries)
    {
        try
        {
            return new ManagedFields(entries.Select(ManagedEntry.Decode));
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

    /// <summary>All fields that somebody manages.</summary>
    public FieldSet Union() => _entries.Aggregate(FieldSet.Empty, static (all, entry) => all.Union(entry.Fields));

    public ManagedFields Replace(ManagedEntry? old, ManagedEntry? next) =>
        new(_entries.Where(entry => entry != old).Concat(next is null ? [] : [next]));

    /// <summary>Takes fields from every manager but one; who has none left goes.</summary>
    public ManagedFields Without(TreeDifference difference, ManagedEntry? spared) => new(_entries
        .Select(entry => entry == spared ? entry : entry.With(entry.Fields.Difference(difference.Changed).Difference(difference.Removed)))
        .Where(entry => !entry.Fields.IsEmpty));

    internal static long SecondsOf(ManagedEntry entry) =>
        entry.Time is { } time ? ((DateTimeOffset)time).ToUnixTimeSeconds() : 0;
}
