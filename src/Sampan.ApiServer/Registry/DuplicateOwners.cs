using Sampan.Api;

namespace Sampan.ApiServer.Registry;

/// <summary>Takes out owner references that are there twice, and warns of them. References of one UID that differ otherwise stay.</summary>
internal static class DuplicateOwners
{
    private const string Advice =
        "; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ";

    /// <param name="afterMutation">Whether mutating admission has had the object, which may have added what was there already.</param>
    public static void Remove(IObject obj, Action<string> warn, bool afterMutation)
    {
        if (obj.Metadata.OwnerReferences is not { Count: > 1 } references)
        {
            return;
        }
        var seen = new HashSet<object>();
        var (kept, duplicates) = (new List<Api.Meta.V1.OwnerReference>(references.Count), new List<string>());
        foreach (var reference in references)
        {
            if (seen.Add((reference.Uid, reference.ApiVersion, reference.Kind, reference.Name, reference.Controller, reference.BlockOwnerDeletion)))
            {
                kept.Add(reference);
            }
            else
            {
                duplicates.Add(reference.Uid);
            }
        }
        if (duplicates.Count > 0)
        {
            obj.Metadata.OwnerReferences = kept;
            warn($".metadata.ownerReferences contains duplicate entries{(afterMutation ? " after mutating admission happens" : "")}{Advice}{string.Join(", ", duplicates)}");
        }
    }
}
