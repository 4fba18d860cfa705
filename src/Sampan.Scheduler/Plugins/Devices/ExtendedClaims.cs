using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Client.Pods;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>What a pod asks for as extended resources that device classes stand for, and the claims that would serve it.</summary>
internal sealed class ExtendedClaims
{
    // No claim of the API can have this name.
    private const string NotWrittenYet = "<extended-resources>";

    private readonly PodInfo _pod;
    private readonly ClusterObjects _objects;
    private readonly ExtendedResources _classes;
    private readonly List<string> _resources;
    private readonly Dictionary<string, ExtendedClaim> _byResources = [];

    private ExtendedClaims(PodInfo pod, ClusterObjects objects, ExtendedResources classes, List<string> resources) =>
        (_pod, _objects, _classes, _resources) = (pod, objects, classes, resources);

    /// <summary>The claim of an earlier attempt that came to nothing: it has to go first.</summary>
    public ResourceClaim? Stale => WrittenClaims.Of(_objects).Find(_pod.Uid);

    /// <summary>Null when no class stands for anything the pod asks for.</summary>
    public static ExtendedClaims? Of(PodInfo pod, ClusterObjects objects)
    {
        if (pod.Requests.Scalars.Count == 0) return null;
        var classes = ExtendedResources.Of(objects);
        var resources = pod.Requests.Scalars.Where(scalar => scalar.Value > 0 && ExtendedResources.IsName(scalar.Key)).Select(scalar => scalar.Key).ToList();
        return resources.Exists(resource => classes.ClassOf(resource) is not null) ? new(pod, objects, classes, resources) : null;
    }

    /// <summary>Whether the node has nothing of a resource that no class stands for.</summary>
    public bool IsMissing(NodeInfo node) => _resources.Exists(resource => !node.Allocatable.Scalars.ContainsKey(resource) && _classes.ClassOf(resource) is null);

    /// <summary>The claim for what the node does not offer itself; null when it offers all.</summary>
    public ExtendedClaim? For(NodeInfo node)
    {
        var delegated = _resources.FindAll(resource => _classes.IsDelegated(resource, node.Allocatable));
        if (delegated.Count == 0) return null;
        var key = string.Join(' ', delegated);
        if (!_byResources.TryGetValue(key, out var claim)) _byResources[key] = claim = Make(delegated);
        return claim;
    }

    private ExtendedClaim Make(List<string> resources)
    {
        var (pod, wanted) = (_pod.Pod, ExtendedResourceRequests.Of(_pod.Pod, resources, _classes));
        var claim = new ResourceClaim
        {
            Metadata = new ObjectMeta
            {
                Namespace = _pod.Key.Namespace,
                Name = NotWrittenYet,
                GenerateName = pod.Metadata.Name + "-extended-resources-",
                Annotations = new() { [ExtendedResourceNames.ClaimAnnotation] = "true" },
                OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = _pod.Key.Name, Uid = _pod.Uid, Controller = true }],
            },
            Spec = new ResourceClaimSpec { Devices = new DeviceClaim { Requests = wanted.Requests } },
        };
        return new ExtendedClaim(claim, wanted.Mappings, wanted.Requests.ConvertAll(request => WantedDevices.Alternatives(claim, request, _objects)));
    }

    /// <summary>The claims for extended resources that the API server has, by pod.</summary>
    private sealed class WrittenClaims
    {
        private readonly Dictionary<string, ResourceClaim> _byPod = [];

        private WrittenClaims(KeptObjects<ResourceClaim> claims)
        {
            foreach (var claim in claims.All) Set(null, claim);
            claims.Changed += Set;
        }

        public static WrittenClaims Of(ClusterObjects objects) => objects.Derive(static all => new WrittenClaims(all.Of<ResourceClaim>()));

        public ResourceClaim? Find(string pod) => _byPod.GetValueOrDefault(pod);

        private void Set(ResourceClaim? old, ResourceClaim? current)
        {
            if (PodOf(old) is { } before) _byPod.Remove(before);
            if (PodOf(current) is { } now) _byPod[now] = current!;
        }

        private static string? PodOf(ResourceClaim? claim) =>
            claim?.Metadata is { ResourceVersion.Length: > 0 } metadata && metadata.Annotations?.GetValueOrDefault(ExtendedResourceNames.ClaimAnnotation) == "true"
                ? metadata.OwnerReferences?.Find(owner => owner is { Controller: true, Kind: "Pod" })?.Uid : null;
    }
}
