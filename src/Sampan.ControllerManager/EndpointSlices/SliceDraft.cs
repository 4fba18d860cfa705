using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>A stored slice as it will be.</summary>
internal sealed class SliceDraft
{
    private readonly int _limit;

    private SliceDraft(EndpointSlice slice, List<Endpoint> endpoints, bool isChanged, int limit)
    {
        Slice = slice;
        Endpoints = endpoints;
        IsChanged = isChanged;
        _limit = limit;
    }

    public EndpointSlice Slice { get; }

    public List<Endpoint> Endpoints { get; private set; }

    public bool IsChanged { get; private set; }

    /// <summary>How many of the slice's endpoints are not wanted any more, and how many are otherwise than they were.</summary>
    public int Removed { get; private init; }

    public int Updated { get; private init; }

    public int Room => _limit - Endpoints.Count;

    public static SliceDraft AsIs(EndpointSlice slice, int limit) => new(slice, slice.Endpoints ?? [], false, limit);

    /// <summary>Keeps the slice's endpoints that are still wanted, and takes those off the list.</summary>
    public static SliceDraft Keep(EndpointSlice slice, Dictionary<EndpointIdentity, Endpoint> wanted, SliceTemplate template, int limit)
    {
        var kept = new List<Endpoint>();
        var (removed, updated) = (0, 0);
        foreach (var endpoint in slice.Endpoints.OrEmpty())
        {
            if (endpoint.Addresses.Count == 0 || !wanted.Remove(EndpointIdentity.Of(endpoint), out var want)) removed++;
            else
            {
                if (!ReferenceEquals(want, endpoint) && !want.DeepEquals(endpoint)) updated++;
                kept.Add(want);
            }
        }

        return new SliceDraft(slice, kept, removed + updated > 0 || !template.HasSameLabels(slice), limit) { Removed = removed, Updated = updated };
    }

    /// <summary>The stored slice with all that another one has but its name.</summary>
    public static EndpointSlice Refill(EndpointSlice slice, EndpointSlice with)
    {
        with.Metadata.GenerateName = slice.Metadata.GenerateName;
        with.Metadata.Name = slice.Metadata.Name;
        with.Metadata.Uid = slice.Metadata.Uid;
        with.Metadata.ResourceVersion = slice.Metadata.ResourceVersion;
        return with;
    }

    public void Take(Queue<Endpoint> rest, int most = int.MaxValue)
    {
        if (!IsChanged) Endpoints = [.. Endpoints];
        for (; most > 0 && Room > 0 && rest.TryDequeue(out var endpoint); most--)
        {
            Endpoints.Add(endpoint);
            IsChanged = true;
        }
    }

    public EndpointSlice ToSlice(SliceTemplate template)
    {
        var (endpoints, meta) = (Endpoints.ConvertAll(e => e.DeepClone()), Slice.Metadata.DeepClone());
        meta.Labels = new(template.Labels);
        if (template.Annotations is { } annotations) meta.Annotations = annotations.Count > 0 ? new(annotations) : null;
        return new EndpointSlice { Metadata = meta, AddressType = Slice.AddressType, Ports = Slice.Ports?.ConvertAll(p => p.DeepClone()), Endpoints = endpoints };
    }
}
