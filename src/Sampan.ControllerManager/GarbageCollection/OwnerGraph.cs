using System.Collections.Immutable;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Discovery;

namespace Sampan.ControllerManager.GarbageCollection;

/// <summary>
/// Who owns whom over all resources. The edges are the indexes of the metadata informers: there is no second copy to keep right.
/// <code>
/// dependents of uid 7:  pods.ByIndex("owner", "7") ∪ replicasets.ByIndex("owner", "7") ∪ …
/// </code>
/// </summary>
internal sealed class OwnerGraph
{
    private const string OwnerIndex = "owner";
    private ImmutableDictionary<GroupVersionResource, Informer<PartialObject>> _informers =
        ImmutableDictionary<GroupVersionResource, Informer<PartialObject>>.Empty;

    private ImmutableDictionary<(string ApiVersion, string Kind), ApiResourceInfo> _kinds =
        ImmutableDictionary<(string, string), ApiResourceInfo>.Empty;

    private ImmutableDictionary<GroupVersionResource, ApiResourceInfo> _served = ImmutableDictionary<GroupVersionResource, ApiResourceInfo>.Empty;

    public IEnumerable<GroupVersionResource> Resources => _informers.Keys;

    public IEnumerable<Informer<PartialObject>> Informers => _informers.Values;

    public void Add(Informer<PartialObject> informer)
    {
        informer.AddIndex(OwnerIndex, o => o.Metadata.OwnerReferences.OrEmpty().Select(r => r.Uid).Distinct());
        _informers = _informers.SetItem(informer.Resource, informer);
    }

    public void Remove(GroupVersionResource resource) => _informers = _informers.Remove(resource);

    public void SetKinds(IReadOnlyCollection<ApiResourceInfo> resources)
    {
        _kinds = resources.GroupBy(r => (r.Resource.ApiVersion, r.Kind)).ToImmutableDictionary(g => g.Key, g => g.First());
        _served = resources.GroupBy(r => r.Resource).ToImmutableDictionary(g => g.Key, g => g.First());
    }

    /// <summary>The object as events name it: what the caches hold does not know its kind.</summary>
    public ObjectReference ReferenceTo(GarbageItem item) => new()
    {
        ApiVersion = item.Resource.ApiVersion,
        Kind = _served.GetValueOrDefault(item.Resource)?.Kind,
        Namespace = item.Key.Namespace,
        Name = item.Key.Name,
        Uid = item.Uid,
    };

    /// <summary>The resource that serves an owner's kind; null when the server does not know it (now).</summary>
    public ApiResourceInfo? Find(OwnerReference owner) => _kinds.GetValueOrDefault((owner.ApiVersion, owner.Kind));

    public PartialObject? Find(GarbageItem item) =>
        _informers.GetValueOrDefault(item.Resource)?.Get(item.Key) is { } found && found.Metadata.Uid == item.Uid ? found : null;

    /// <summary>The owner as the cache has it, in whichever version its group is watched.</summary>
    public PartialObject? FindOwner(OwnerReference owner, string ns) =>
        ItemOf(owner, ns) is { } item ? Find(item with { Resource = Watched(item.Resource) }) : null;

    /// <summary>Where an owner would be; null when its kind is not known.</summary>
    public GarbageItem? ItemOf(OwnerReference owner, string ns) =>
        Find(owner) is { } kind ? new GarbageItem(kind.Resource, new ObjectKey(kind.Namespaced ? ns : "", owner.Name), owner.Uid) : null;

    public static GarbageItem ItemOf(GroupVersionResource resource, PartialObject obj) =>
        new(resource, new ObjectKey(obj.Metadata.Namespace, obj.Metadata.Name), obj.Metadata.Uid);

    /// <summary>True when the owner is there after all, but in a namespace that the dependent's reference does not reach.</summary>
    public bool IsElsewhere(GarbageItem owner)
    {
        if (_informers.GetValueOrDefault(Watched(owner.Resource)) is not { } informer) return false;
        return informer.Namespaces.Any(ns => ns != owner.Key.Namespace && informer.Get(ns, owner.Key.Name)?.Metadata.Uid == owner.Uid);
    }

    public IEnumerable<(GarbageItem Item, PartialObject Object)> DependentsOf(string uid)
    {
        foreach (var (resource, informer) in _informers)
        {
            foreach (var found in informer.ByIndex(OwnerIndex, uid)) yield return (ItemOf(resource, found), found);
        }
    }

    /// <summary>The resources of which a cache may not show yet what an owner had when it was changed last.</summary>
    public List<GroupVersionResource> Behind(GarbageItem owner, string revision) =>
    [
        .. _informers.Where(i => ResourceVersions.Compare(i.Value.LastResourceVersion, revision) < 0).Select(i => i.Key)
            .Where(r => owner.Key.Namespace.Length == 0 || _served.GetValueOrDefault(r)?.Namespaced != false),
    ];

    public GroupVersionResource Watched(GroupVersionResource resource)
    {
        if (_informers.ContainsKey(resource)) return resource;
        foreach (var known in _informers.Keys)
            if (known.GroupResource == resource.GroupResource) return known;
        return resource;
    }
}
