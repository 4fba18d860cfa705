using System.Text.Json;
using Sampan.Api;
using Sampan.ApiServer.Patch;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// Takes away what a manager applied before and nobody manages any more. The manager's fields are those of the version it used then, so
/// they are removed in that version; then every other version gives back what its managers have.
/// </summary>
internal sealed class ApplyPruning(KindInfo kind, FieldFilter filter, ObjectVersions? versions)
{
    public ReadOnlyMemory<byte> Run(ReadOnlyMemory<byte> merged, ManagedEntry before, ManagedFields managed)
    {
        if (before.ApiVersion == kind.ApiVersion && managed.Entries.All(entry => entry.ApiVersion == kind.ApiVersion))
        {
            return Without(merged, before, managed, kind);
        }
        return versions?.Find(before.ApiVersion) is { } then ? Across(versions, merged, before, managed, then) : merged;
    }

    private ReadOnlyMemory<byte> Across(
        ObjectVersions all, ReadOnlyMemory<byte> merged, ManagedEntry before, ManagedFields managed, KindInfo then)
    {
        var whole = all.Convert(merged, kind.ApiVersion, then.ApiVersion);
        var pruned = Without(whole, before, managed, then);
        foreach (var version in managed.Entries.Select(entry => entry.ApiVersion).Distinct().Where(version => version != then.ApiVersion))
        {
            if (all.Find(version) is { } other)
            {
                var restored = Restored(
                    all.Convert(whole, then.ApiVersion, version), all.Convert(pruned, then.ApiVersion, version), managed, other);
                pruned = all.Convert(restored, version, then.ApiVersion);
            }
        }
        return all.Convert(pruned, then.ApiVersion, kind.ApiVersion);
    }

    private ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> json, ManagedEntry before, ManagedFields managed, KindInfo version)
    {
        var structure = new TypeStructure(version.Schema);
        var gone = filter.Apply(before.Fields).WithNamedParents(structure).Difference(Kept(managed, version, structure));
        return gone.IsEmpty ? json : TreePruning.Remove(json, gone, structure);
    }

    /// <summary>The whole object minus what the pruned one lacks and no manager of this version has.</summary>
    private static ReadOnlyMemory<byte> Restored(ReadOnlyMemory<byte> whole, ReadOnlyMemory<byte> pruned, ManagedFields managed, KindInfo version)
    {
        var structure = new TypeStructure(version.Schema);
        var gone = Fields(whole, structure).Difference(Fields(pruned, structure).Union(Kept(managed, version, structure)));
        return gone.IsEmpty ? whole : TreePruning.Remove(whole, gone, structure);
    }

    private static FieldSet Kept(ManagedFields managed, KindInfo version, IStructure structure) =>
        managed.Union(version.ApiVersion).WithNamedParents(structure);

    private static FieldSet Fields(ReadOnlyMemory<byte> json, IStructure structure)
    {
        using var document = JsonDocument.Parse(json, JsonTexts.DocumentOptions);
        return TreeFields.Of(document.RootElement, structure).WithNamedParents(structure);
    }
}
