using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Claims as they will be: their devices chosen, and reserved for the pod.</summary>
internal sealed class AllocatedClaims
{
    /// <summary>Keeps the claim from being deleted before its devices are given back.</summary>
    public const string Finalizer = "resource.kubernetes.io/delete-protection";

    private readonly HashSet<ResourceClaim> _new = [];

    private AllocatedClaims(IReadOnlyList<ResourceClaim> claims, ExtendedClaim? extended) => (Claims, Extended) = (claims, extended);

    /// <summary>The claims that are there already.</summary>
    public IReadOnlyList<ResourceClaim> Claims { get; }

    /// <summary>The claim that is to be made for extended resources.</summary>
    public ExtendedClaim? Extended { get; }

    public static AllocatedClaims From(PodInfo pod, IReadOnlyList<ResourceClaim> claims, NodeChoices chosen, string node, ClusterObjects objects)
    {
        var futures = claims.Select(claim => Future(pod, claim, chosen.Of(claim), node, objects)).ToList();
        var allocated = new AllocatedClaims(futures, chosen.Extended is { } extended ? extended with { Claim = FutureOf(extended, pod, chosen, node, objects) } : null);
        allocated._new.UnionWith(futures.Where((_, i) => claims[i].Status.Allocation is null));
        return allocated;
    }

    /// <summary>Whether its devices were chosen for the pod, as against a claim that others have had before.</summary>
    public bool IsNew(ResourceClaim claim) => _new.Contains(claim);

    public void Assume(ClusterObjects objects)
    {
        foreach (var claim in Claims) objects.Of<ResourceClaim>().Assume(claim);
        if (Extended is not null) objects.Of<ResourceClaim>().Set(null, Extended.Claim);
    }

    /// <summary>From now on the claim for extended resources counts as it was written, not as it was promised.</summary>
    public void ForgetPromise(ClusterObjects objects)
    {
        if (Extended is not null) objects.Of<ResourceClaim>().Set(Extended.Claim, null);
    }

    public void Restore(ClusterObjects objects)
    {
        foreach (var claim in Claims) objects.Of<ResourceClaim>().Restore(claim);
        ForgetPromise(objects);
    }

    public static bool IsReservedFor(ResourceClaim claim, PodInfo pod) => claim.Status.ReservedFor.OrEmpty().Any(consumer => consumer.Uid == pod.Uid);

    public static void Reserve(ResourceClaim claim, PodInfo pod)
    {
        if (IsReservedFor(claim, pod)) return;
        (claim.Status.ReservedFor ??= []).Add(new ResourceClaimConsumerReference { Resource = "pods", Name = pod.Key.Name, Uid = pod.Uid });
    }

    // Kept under a name of its own among those of the other pods.
    private static ResourceClaim FutureOf(ExtendedClaim extended, PodInfo pod, NodeChoices chosen, string node, ClusterObjects objects)
    {
        var future = Future(pod, extended.Claim, chosen.Of(extended.Claim), node, objects);
        future.Metadata.Name += pod.Uid;
        return future;
    }

    private static ResourceClaim Future(PodInfo pod, ResourceClaim claim, List<DeviceChoice> choices, string node, ClusterObjects objects)
    {
        var future = claim.DeepClone();
        if (future.Status.Allocation is null)
        {
            if (!future.Metadata.Finalizers.OrEmpty().Contains(Finalizer)) (future.Metadata.Finalizers ??= []).Add(Finalizer);
            future.Status.Allocation = new AllocationResult
            {
                Devices = new DeviceAllocationResult { Results = choices.ConvertAll(Result), Config = DeviceConfigurations.Of(claim, choices, objects) },
                NodeSelector = SelectorOf(choices, node),
            };
        }
        Reserve(future, pod);
        return future;
    }

    private static DeviceRequestAllocationResult Result(DeviceChoice choice) => new()
    {
        Request = choice.Wanted.Name,
        Driver = choice.Device.Id.Driver,
        Pool = choice.Device.Id.Pool,
        Device = choice.Device.Id.Name,
        AdminAccess = choice.Wanted.AdminAccess ? true : null,
        Tolerations = choice.Wanted.Tolerations.Count > 0 ? [.. choice.Wanted.Tolerations] : null,
        BindingConditions = choice.Device.Device.BindingConditions,
        BindingFailureConditions = choice.Device.Device.BindingFailureConditions,
        ShareID = choice.Device.IsShared ? Guid.NewGuid().ToString() : null,
        ConsumedCapacity = choice.Consumed.Count > 0 ? choice.Consumed.ToDictionary() : null,
    };

    // Where the claim can be used from now on; null: everywhere.
    private static NodeSelector? SelectorOf(List<DeviceChoice> choices, string node)
    {
        if (choices.Exists(choice => choice.Device.OnlyNode is not null || choice.Device.Device.BindsToNode == true))
        {
            return new NodeSelector { NodeSelectorTerms = [new NodeSelectorTerm { MatchFields = [new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = [node] }] }] };
        }
        var terms = choices.Select(choice => choice.Device.NodeSelector?.NodeSelectorTerms.FirstOrDefault()).OfType<NodeSelectorTerm>().ToList();
        return terms.Count == 0 ? null : new NodeSelector
        {
            NodeSelectorTerms =
            [
                new NodeSelectorTerm
                {
                    MatchExpressions = Different(terms.SelectMany(term => term.MatchExpressions.OrEmpty())),
                    MatchFields = Different(terms.SelectMany(term => term.MatchFields.OrEmpty())),
                },
            ],
        };
    }

    private static List<NodeSelectorRequirement>? Different(IEnumerable<NodeSelectorRequirement> requirements) =>
        requirements.DistinctBy(r => (r.Key, r.Operator, string.Join(',', r.Values.OrEmpty().Order(StringComparer.Ordinal)))).ToList() is { Count: > 0 } list ? list : null;
}
