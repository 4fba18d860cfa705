using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Claims as they will be: their devices chosen, and reserved for the pod.</summary>
internal sealed record AllocatedClaims(IReadOnlyList<ResourceClaim> Claims)
{
    /// <summary>Keeps the claim from being deleted before its devices are given back.</summary>
    public const string Finalizer = "resource.kubernetes.io/delete-protection";

    public static AllocatedClaims From(PodInfo pod, IReadOnlyList<ResourceClaim> claims, IReadOnlyList<DeviceChoice> choices, string node, ClusterObjects objects) =>
        new([.. claims.Select(claim => Future(pod, claim, [.. choices.Where(choice => ReferenceEquals(choice.Claim, claim))], node, objects))]);

    public void Assume(ClusterObjects objects)
    {
        foreach (var claim in Claims) objects.Of<ResourceClaim>().Assume(claim);
    }

    public void Restore(ClusterObjects objects)
    {
        foreach (var claim in Claims) objects.Of<ResourceClaim>().Restore(claim);
    }

    public static bool IsReservedFor(ResourceClaim claim, PodInfo pod) => claim.Status.ReservedFor.OrEmpty().Any(consumer => consumer.Uid == pod.Uid);

    private static ResourceClaim Future(PodInfo pod, ResourceClaim claim, List<DeviceChoice> choices, string node, ClusterObjects objects)
    {
        var future = claim.DeepClone();
        if (future.Status.Allocation is null)
        {
            if (!future.Metadata.Finalizers.OrEmpty().Contains(Finalizer)) (future.Metadata.Finalizers ??= []).Add(Finalizer);
            future.Status.Allocation = new AllocationResult
            {
                Devices = new DeviceAllocationResult { Results = choices.ConvertAll(Result), Config = Configuration(claim, choices, objects) },
                NodeSelector = SelectorOf(choices, node),
            };
        }
        if (!IsReservedFor(future, pod))
        {
            (future.Status.ReservedFor ??= []).Add(new ResourceClaimConsumerReference { Resource = "pods", Name = pod.Key.Name, Uid = pod.Uid });
        }
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
    };

    // First what the classes say, then what the claim says: later ones win.
    private static List<DeviceAllocationConfiguration>? Configuration(ResourceClaim claim, List<DeviceChoice> choices, ClusterObjects objects)
    {
        var all = choices.Select(choice => choice.Wanted).Distinct()
            .SelectMany(wanted => (objects.Of<DeviceClass>().Find(wanted.Class)?.Spec.Config).OrEmpty()
                .Select(config => new DeviceAllocationConfiguration { Source = "FromClass", Requests = [wanted.Name], Opaque = config.Opaque }))
            .Concat(claim.Spec.Devices.Config.OrEmpty()
                .Select(config => new DeviceAllocationConfiguration { Source = "FromClaim", Requests = config.Requests, Opaque = config.Opaque }))
            .ToList();
        return all.Count > 0 ? all : null;
    }

    // Where the claim can be used from now on; null: everywhere.
    private static NodeSelector? SelectorOf(List<DeviceChoice> choices, string node)
    {
        if (choices.Exists(choice => choice.Device.OnlyNode is not null))
        {
            return new NodeSelector { NodeSelectorTerms = [new NodeSelectorTerm { MatchFields = [new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = [node] }] }] };
        }
        var requirements = choices.Select(choice => choice.Device.NodeSelector).OfType<NodeSelector>().Distinct()
            .Select(selector => selector.NodeSelectorTerms.FirstOrDefault()).OfType<NodeSelectorTerm>().ToList();
        return requirements.Count == 0 ? null : new NodeSelector
        {
            NodeSelectorTerms =
            [
                new NodeSelectorTerm
                {
                    MatchExpressions = [.. requirements.SelectMany(term => term.MatchExpressions.OrEmpty())],
                    MatchFields = [.. requirements.SelectMany(term => term.MatchFields.OrEmpty())],
                },
            ],
        };
    }
}
