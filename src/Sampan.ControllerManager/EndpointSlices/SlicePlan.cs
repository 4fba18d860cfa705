using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// Fits wanted endpoints into existing slices: what is right stays where it is, what is new goes first into slices that change
/// anyway, then into one other slice with just enough room, then into new slices.
/// <code>
/// slices (limit 3): [a b c] [d e -]   wanted: a c d e f g
///   → [a c f] (changed: b left, f came)   [d e g]
/// </code>
/// </summary>
internal sealed class SlicePlan(SliceTemplate template, DateTimeOffset? changedAt)
{
    public const int MaxEndpoints = 100;

    public List<EndpointSlice> Create { get; } = [];

    public List<EndpointSlice> Update { get; } = [];

    public List<EndpointSlice> Delete { get; } = [];

    public void Fit(SliceGroup group, IReadOnlyList<EndpointSlice> known)
    {
        var wanted = group.Endpoints.ToDictionary(IdentityOf);
        var drafts = known.Select(s => Draft.Keep(s, wanted, template)).ToList();
        var rest = new Queue<Endpoint>(wanted.Values.OrderBy(e => e.Addresses[0], StringComparer.Ordinal));

        foreach (var draft in drafts.Where(d => d.IsChanged).OrderByDescending(d => d.Endpoints.Count)) draft.Take(rest);
        if (rest.Count > 0 && drafts.Where(d => !d.IsChanged && d.Room >= rest.Count).MinBy(d => d.Room) is { } best) best.Take(rest);
        Settle(drafts, keepOne: group.Endpoints.Count == 0);
        while (rest.Count > 0) CreateFrom(group, rest);
        if (known.Count == 0 && group.Endpoints.Count == 0) Create.Add(Stamped(template.New(group, [])));
    }

    private void CreateFrom(SliceGroup group, Queue<Endpoint> rest)
    {
        var endpoints = new List<Endpoint>();
        while (endpoints.Count < MaxEndpoints && rest.TryDequeue(out var endpoint)) endpoints.Add(endpoint);
        Create.Add(Stamped(template.New(group, endpoints)));
    }

    /// <summary>Empty slices go; a group without endpoints keeps one as its placeholder.</summary>
    private void Settle(List<Draft> drafts, bool keepOne)
    {
        foreach (var draft in drafts)
        {
            if (draft.Endpoints.Count == 0 && !keepOne) Delete.Add(draft.Slice);
            else if (draft.Endpoints.Count == 0 && draft != drafts[0]) Delete.Add(draft.Slice);
            else if (draft.IsChanged) Update.Add(Stamped(draft.ToSlice(template)));
        }
    }

    private EndpointSlice Stamped(EndpointSlice slice)
    {
        if (changedAt is { } at) (slice.Metadata.Annotations ??= [])[SliceLabels.LastChange] = $"{new Time(at)}";
        return slice;
    }

    private static Identity IdentityOf(Endpoint endpoint) => new(endpoint.Addresses[0], endpoint.TargetRef?.Uid, endpoint.NodeName, endpoint.Hostname);

    /// <summary>What makes an endpoint the same one as before.</summary>
    private readonly record struct Identity(string Address, string? Uid, string? Node, string? Hostname);

    /// <summary>A stored slice as it will be.</summary>
    private sealed class Draft
    {
        private Draft(EndpointSlice slice, List<Endpoint> endpoints, bool isChanged)
        {
            Slice = slice;
            Endpoints = endpoints;
            IsChanged = isChanged;
        }

        public EndpointSlice Slice { get; }

        public List<Endpoint> Endpoints { get; }

        public bool IsChanged { get; private set; }

        public int Room => MaxEndpoints - Endpoints.Count;

        /// <summary>Keeps the slice's endpoints that are still wanted, and takes those off the list.</summary>
        public static Draft Keep(EndpointSlice slice, Dictionary<Identity, Endpoint> wanted, SliceTemplate template)
        {
            var kept = new List<Endpoint>();
            var changed = !template.HasSameLabels(slice);
            foreach (var endpoint in slice.Endpoints.OrEmpty())
            {
                if (endpoint.Addresses.Count == 0 || !wanted.Remove(IdentityOf(endpoint), out var want)) changed = true;
                else
                {
                    changed |= !want.DeepEquals(endpoint);
                    kept.Add(want);
                }
            }

            return new Draft(slice, kept, changed);
        }

        public void Take(Queue<Endpoint> rest)
        {
            while (Room > 0 && rest.TryDequeue(out var endpoint))
            {
                Endpoints.Add(endpoint);
                IsChanged = true;
            }
        }

        public EndpointSlice ToSlice(SliceTemplate template)
        {
            var copy = Slice.DeepClone();
            copy.Metadata.Labels = new(template.Labels);
            foreach (var (name, value) in template.Annotations) (copy.Metadata.Annotations ??= [])[name] = value;
            copy.Endpoints = Endpoints;
            return copy;
        }
    }
}
