using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Patch;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// One configuration being applied. It may be run again on a newer version of the object:
/// <code>
/// live + configuration → merged → minus what this manager applied before and nobody manages now → compared with live
///                                                                 → a changed field of another manager is a conflict, or taken by force
/// </code>
/// </summary>
internal sealed class ServerSideApply(KindInfo kind, ReadOnlyMemory<byte> config, FieldOwner owner, bool force, ObjectVersions? versions = null)
{
    private static readonly FieldOwner BeforeFirstApply = new("before-first-apply", "");

    private readonly TypeStructure _structure = new(kind.Schema);
    private readonly FieldFilter _filter = FieldFilter.Of(kind, owner.Subresource);

    /// <summary>The object to store, with its managers; the result has no other owner.</summary>
    public IObject Run(IObject? live, Time now)
    {
        using var given = JsonDocument.Parse(config, JsonTexts.DocumentOptions);
        var liveJson = live is null ? EmptyObjects.Of(kind) : ObjectForms.Encode(live);
        using var present = JsonDocument.Parse(liveJson, JsonTexts.DocumentOptions);
        var managed = live is null ? new ManagedFields([]) : ManagersOf(live, present.RootElement, now);
        var mine = managed.Find(owner, ManagedEntry.Apply, kind.ApiVersion);
        var fields = _filter.Apply(TreeFields.Of(given.RootElement, _structure));
        var next = ManagedEntry.New(owner, ManagedEntry.Apply, kind.ApiVersion, now, fields);
        if (mine is not null && mine.Fields.Difference(fields).IsEmpty && fields.Difference(mine.Fields).IsEmpty)
        {
            next = mine.With(mine.Fields, kind.ApiVersion, now);
        }
        managed = managed.Replace(mine, next);
        var merged = TreeMerge.Merge(present.RootElement, given.RootElement, _structure);
        if (mine is not null)
        {
            merged = new ApplyPruning(kind, _filter, versions).Run(merged, mine, managed);
        }
        var difference = Difference(present.RootElement, liveJson, merged);
        if (!force)
        {
            CheckConflicts(managed, next, difference, present.RootElement);
        }
        return Result(merged, managed.Without(difference, next), given.RootElement);
    }

    private ManagedFields ManagersOf(IObject live, JsonElement present, Time now)
    {
        var known = live.Metadata.ManagedFields.OrEmpty();
        if (known.Count > 0)
        {
            return ManagedFields.TryDecode(known)
                ?? throw ApplyFailure.Of("failed to decode managed fields");
        }
        using var empty = JsonDocument.Parse(EmptyObjects.Of(kind), JsonTexts.DocumentOptions);
        var difference = _filter.Compare(empty.RootElement, present, _structure);
        return FieldTracking.After(kind, new ManagedFields([]), new(kind, difference, default, default, null, ""), BeforeFirstApply with { Subresource = owner.Subresource }, now);
    }

    private VersionedDifference Difference(JsonElement present, ReadOnlyMemory<byte> live, ReadOnlyMemory<byte> merged)
    {
        using var after = JsonDocument.Parse(merged, JsonTexts.DocumentOptions);
        var own = _filter.Compare(present, after.RootElement, _structure);
        return new VersionedDifference(kind, own, live, merged, versions, owner.Subresource);
    }

    private void CheckConflicts(ManagedFields managed, ManagedEntry mine, VersionedDifference difference, JsonElement present)
    {
        var conflicts = managed.Entries.Where(entry => entry != mine)
            .Select(entry => new ApplyConflict(entry, entry.Fields.Intersection(difference.In(entry.ApiVersion)?.Changed ?? FieldSet.Empty)))
            .Where(conflict => !conflict.Fields.IsEmpty).ToList();
        if (conflicts.Count == 0)
        {
            return;
        }
        var allowed = LastApplied.FieldsIn(present, owner, _structure);
        var left = conflicts.Select(conflict => conflict with { Fields = conflict.Fields.Difference(allowed) })
            .Where(conflict => !conflict.Fields.IsEmpty).ToList();
        if (left.Count > 0)
        {
            throw ApplyConflict.ToStatus(left);
        }
    }

    private IObject Result(ReadOnlyMemory<byte> merged, ManagedFields managed, JsonElement given)
    {
        var obj = kind.DecodeJson(merged.Span);
        obj.Metadata.ManagedFields = managed.Encode();
        obj.Metadata.ResourceVersion = given.Get("metadata").Get("resourceVersion") is { ValueKind: JsonValueKind.String } version ? version.GetString()! : "";
        LastApplied.Renew(obj, config.Span, owner);
        return obj;
    }
}
