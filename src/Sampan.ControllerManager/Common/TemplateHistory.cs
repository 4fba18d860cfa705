using System.Text.Json.Nodes;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>
/// A workload's templates over time, each a ControllerRevision: what <c>kubectl rollout history</c> shows and <c>undo</c> goes back to.
/// The same template again gets the highest number again.
/// </summary>
/// <param name="hashLabel">The label of a revision that holds its hash; kinds differ in its name.</param>
internal sealed class TemplateHistory(Informer<ControllerRevision> revisions, OwnWrites<ControllerRevision> writes, string hashLabel = TemplateHistory.HashLabel)
{
    /// <summary>On pods: the revision that they were made from.</summary>
    public const string HashLabel = "controller-revision-hash";

    /// <summary>The revision of the owner's template now; created when it is new. Null when its name is taken: count a collision.</summary>
    public async Task<ControllerRevision?> CurrentAsync(
        IObject owner, PodTemplateSpec template, int? collisionCount, CancellationToken cancellationToken)
    {
        var data = DataOf(template);
        var known = Of(owner);
        var newest = known.LastOrDefault()?.Revision ?? 0;
        if (known.FindLast(r => r.Data == data || TemplateOf(r)?.DeepEquals(template) == true) is { } same)
        {
            if (same.Revision == newest) return same;
            var raised = same.DeepClone();
            raised.Revision = newest + 1;
            return await writes.UpdateAsync(raised, cancellationToken);
        }

        var revision = New(owner, template, data, newest + 1, collisionCount);
        try
        {
            return await writes.CreateAsync(revision, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            var taken = await revisions.Client.GetAsync(revision.Metadata.Namespace, revision.Metadata.Name, cancellationToken);
            return taken.Metadata.IsControlledBy(owner) && (taken.Data == data || TemplateOf(taken)?.DeepEquals(template) == true) ? taken : null;
        }
    }

    /// <summary>Deletes the oldest revisions beyond the limit that no pod carries.</summary>
    /// <param name="countsLive">Whether old revisions that pods still carry take a place of the limit; kinds differ in it.</param>
    public async Task CleanUpAsync(IObject owner, int limit, ISet<string> liveHashes, bool countsLive, CancellationToken cancellationToken)
    {
        var old = Of(owner).SkipLast(1).ToList();
        var unused = old.Where(r => !liveHashes.Contains(HashOf(r))).ToList();
        foreach (var revision in unused.Take(Math.Max(0, (countsLive ? old : unused).Count - limit))) await writes.DeleteAsync(revision, null, cancellationToken);
    }

    /// <summary>
    /// The template that a revision holds, whoever wrote it: another controller manager orders its text in another way, and no pod is
    /// to be made anew for that. Null when it holds none.
    /// </summary>
    public static PodTemplateSpec? TemplateOf(ControllerRevision revision)
    {
        if (JsonNode.Parse(revision.Data.Raw.Span)?["spec"]?["template"] is not JsonObject tree) return null;
        tree.Remove("$patch");
        return JsonCodec.Decode<PodTemplateSpec>(System.Text.Encoding.UTF8.GetBytes(tree.ToJsonString()));
    }

    public string HashOf(ControllerRevision revision) => revision.Metadata.Labels?.GetValueOrDefault(hashLabel) ?? "";

    private List<ControllerRevision> Of(IObject owner) =>
        [.. ControllerIndex.OwnedBy(revisions, owner).OrderBy(r => r.Revision).ThenBy(r => r.Metadata.Name, StringComparer.Ordinal)];

    private ControllerRevision New(IObject owner, PodTemplateSpec template, RawExtension data, long number, int? collisionCount)
    {
        var hash = TemplateHash.Of(template, collisionCount);
        return new ControllerRevision
        {
            Metadata = new ObjectMeta
            {
                Name = $"{owner.Metadata.Name}-{hash}",
                Namespace = owner.Metadata.Namespace,
                Annotations = owner.Metadata.Annotations is { } notes ? new(notes) : null,
                Labels = new(template.Metadata.Labels ?? []) { [hashLabel] = hash },
                OwnerReferences = [OwnerReferences.ControllerRef(owner)],
            },
            Data = data,
            Revision = number,
        };
    }

    /// <summary>The patch that puts this template back.</summary>
    private static RawExtension DataOf(PodTemplateSpec template)
    {
        var tree = (JsonObject)JsonNode.Parse(JsonCodec.Encode(template))!;
        tree["$patch"] = "replace";
        return RawExtension.Parse(new JsonObject { ["spec"] = new JsonObject { ["template"] = tree } }.ToJsonString());
    }
}
