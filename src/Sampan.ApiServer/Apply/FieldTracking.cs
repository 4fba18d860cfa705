using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Patch;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// Gives whoever creates or updates an object the fields that it changed. The cost is one encoding and one walk over what changed; the
/// managers are decoded only when something did.
/// </summary>
internal static class FieldTracking
{
    public static void Created(KindInfo kind, IObject obj, FieldOwner owner, Time now, ObjectVersions? versions = null)
    {
        var given = Take(obj);
        var managed = IsReset(given) ? null : ManagedFields.TryDecode(given.OrEmpty());
        Track(kind, EmptyObjects.Of(kind), obj, managed ?? new ManagedFields([]), owner, now, versions);
    }

    public static void Updated(
        KindInfo kind, IObject obj, IObject old, ReadOnlyMemory<byte> oldJson, FieldOwner owner, Time now, ObjectVersions? versions = null)
    {
        var given = Take(obj);
        var known = old.Metadata.ManagedFields;
        if (IsReset(given) && owner.Subresource.Length == 0)
        {
            return;
        }
        var ofClient = owner.Subresource.Length == 0 ? given.OrEmpty() : [];
        if (ofClient.Count == 0 || IsSame(ofClient, known.OrEmpty()))
        {
            obj.Metadata.ManagedFields = known;
            TrackKnown(kind, oldJson, obj, owner, now, versions);
            return;
        }
        var managed = ManagedFields.TryDecode(ofClient) ?? ManagedFields.TryDecode(known.OrEmpty()) ?? new ManagedFields([]);
        if (!managed.IsEmpty)
        {
            Track(kind, oldJson, obj, managed, owner, now, versions);
        }
    }

    /// <summary>Whether two lists of managers differ in nothing but when they wrote.</summary>
    public static bool DifferOnlyInTime(List<ManagedFieldsEntry>? left, List<ManagedFieldsEntry>? right) =>
        left is not null && right is not null && left.Count == right.Count && left.All(entry => right.Exists(other =>
            entry.Manager == other.Manager && entry.Operation == other.Operation && entry.Subresource == other.Subresource
            && entry.ApiVersion == other.ApiVersion && entry.FieldsV1 == other.FieldsV1));

    private static void TrackKnown(
        KindInfo kind, ReadOnlyMemory<byte> oldJson, IObject obj, FieldOwner owner, Time now, ObjectVersions? versions)
    {
        // An object that nobody manages stays so until somebody applies.
        if (Take(obj) is not { Count: > 0 } known)
        {
            return;
        }
        var difference = Compare(kind, oldJson, obj, owner, versions);
        var managed = difference.Own.IsEmpty ? null : ManagedFields.TryDecode(known);
        obj.Metadata.ManagedFields = managed is null ? known : After(kind, managed, difference, owner, now).Encode();
    }

    private static void Track(
        KindInfo kind, ReadOnlyMemory<byte> oldJson, IObject obj, ManagedFields managed, FieldOwner owner, Time now, ObjectVersions? versions) =>
        obj.Metadata.ManagedFields = After(kind, managed, Compare(kind, oldJson, obj, owner, versions), owner, now).Encode();

    private static VersionedDifference Compare(KindInfo kind, ReadOnlyMemory<byte> oldJson, IObject obj, FieldOwner owner, ObjectVersions? versions)
    {
        var json = ObjectForms.Encode(obj);
        var difference = FieldFilter.Of(kind, owner.Subresource).Compare(oldJson, json, new TypeStructure(kind.Schema));
        return new VersionedDifference(kind, difference, oldJson, json, versions, owner.Subresource);
    }

    /// <summary>The managers after a write that asks nobody: what it changed is the writer's alone.</summary>
    internal static ManagedFields After(KindInfo kind, ManagedFields managed, VersionedDifference changes, FieldOwner owner, Time now)
    {
        var difference = changes.Own;
        var mine = managed.Find(owner, ManagedEntry.Update, kind.ApiVersion);
        var others = managed.Without(changes, mine);
        var fields = (mine?.Fields ?? FieldSet.Empty).Difference(difference.Removed).Union(difference.Changed);
        if (fields.IsEmpty)
        {
            return others.Replace(mine, null);
        }
        var time = difference.Changed.IsEmpty ? mine?.Time : now;
        var next = mine?.With(fields, kind.ApiVersion, time) ?? ManagedEntry.New(owner, ManagedEntry.Update, kind.ApiVersion, now, fields);
        return UpdateLimit.Enforce(others.Replace(mine, next));
    }

    private static List<ManagedFieldsEntry>? Take(IObject obj)
    {
        var taken = obj.Metadata.ManagedFields;
        obj.Metadata.ManagedFields = null;
        return taken;
    }

    /// <summary>An empty list, or one entry without content, is the client's way to say that nobody manages anything.</summary>
    private static bool IsReset(List<ManagedFieldsEntry>? given) => given is [] || (given is [var only] && only.DeepEquals(new ManagedFieldsEntry()));

    private static bool IsSame(IReadOnlyList<ManagedFieldsEntry> left, IReadOnlyList<ManagedFieldsEntry> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => ReferenceEquals(pair.First, pair.Second) || pair.First.DeepEquals(pair.Second));
}
