using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// Fits wanted endpoints into existing slices: what is right stays where it is, what is new goes first into slices that change
/// anyway, then into one other slice with just enough room, then into new slices. A slice to delete becomes one to create, if it can.
/// <code>
/// slices (limit 3): [a b c] [d e -]   wanted: a c d e f g
///   → [a c f] (changed: b left, f came)   [d e g]
/// </code>
/// </summary>
/// <param name="template">What the slices have in common.</param>
/// <param name="changedAt">The cause of the change; null: none that is new.</param>
/// <param name="limit">The most endpoints of a slice.</param>
internal sealed class SlicePlan(SliceTemplate template, DateTimeOffset? changedAt, int limit)
{
    public SliceTemplate Template => template;

    public List<EndpointSlice> Create { get; } = [];

    public List<EndpointSlice> Update { get; } = [];

    public List<EndpointSlice> Delete { get; } = [];

    /// <summary>The endpoints that come, go, and change.</summary>
    public int Added { get; private set; }

    public int Removed { get; private set; }

    public int Changed { get; private set; }

    /// <param name="group">The wanted endpoints of the slices that are looked at.</param>
    /// <param name="looked">Slices of the group in which something may have changed.</param>
    /// <param name="others">Slices of the group that are as they should be; they may take endpoints in.</param>
    public void Fit(SliceGroup group, IReadOnlyList<EndpointSlice> looked, IReadOnlyList<EndpointSlice>? others = null)
    {
        var wanted = new Dictionary<EndpointIdentity, Endpoint>(group.Endpoints.Count);
        foreach (var endpoint in group.Endpoints) wanted[EndpointIdentity.Of(endpoint)] = endpoint;
        var drafts = looked.Select(s => SliceDraft.Keep(s, wanted, template, limit)).Concat((others ?? []).Select(s => SliceDraft.AsIs(s, limit))).ToList();
        Added += wanted.Count;
        Removed += drafts.Sum(d => d.Removed);
        Changed += drafts.Sum(d => d.Updated);
        var rest = new Queue<Endpoint>(wanted.Values.OrderBy(e => e.Addresses[0], StringComparer.Ordinal));

        foreach (var draft in drafts.Where(d => d.IsChanged).OrderByDescending(d => d.Endpoints.Count)) draft.Take(rest);
        if (rest.Count % limit is > 0 and var few && drafts.Where(d => !d.IsChanged && d.Room >= few).MinBy(d => d.Room) is { } best) best.Take(rest, few);
        Settle(drafts, keepOne: group.Endpoints.Count == 0);
        while (rest.Count > 0) CreateFrom(group, rest);
        if (drafts.Count == 0 && group.Endpoints.Count == 0) Create.Add(Stamped(template.New(group, [])));
    }

    /// <summary>Writes a slice that would go with the contents of one that would come. What an owner of the same name left is not touched.</summary>
    public void Recycle()
    {
        for (var i = Delete.Count - 1; i >= 0; i--)
        {
            var old = Delete[i];
            var at = Create.FindLastIndex(c => c.AddressType == old.AddressType);
            if (at < 0 || !template.Owns(old)) continue;
            Update.Add(SliceDraft.Refill(old, Create[at]));
            Create.RemoveAt(at);
            Delete.RemoveAt(i);
        }
    }

    private void CreateFrom(SliceGroup group, Queue<Endpoint> rest)
    {
        var endpoints = new List<Endpoint>();
        while (endpoints.Count < limit && rest.TryDequeue(out var endpoint)) endpoints.Add(endpoint);
        Create.Add(Stamped(template.New(group, endpoints)));
    }

    /// <summary>Empty slices go; a group without endpoints keeps one as its placeholder.</summary>
    private void Settle(List<SliceDraft> drafts, bool keepOne)
    {
        foreach (var draft in drafts)
        {
            if (draft.Endpoints.Count == 0 && (!keepOne || draft != drafts[0])) Delete.Add(draft.Slice);
            else if (draft.IsChanged) Update.Add(Stamped(draft.ToSlice(template)));
        }
    }

    private EndpointSlice Stamped(EndpointSlice slice)
    {
        if (changedAt is { } at) (slice.Metadata.Annotations ??= [])[SliceLabels.LastChange] = $"{new Time(at)}";
        else slice.Metadata.Annotations?.Remove(SliceLabels.LastChange);
        return slice;
    }
}
