using Sampan.Api.Core.V1;
using Sampan.Client.Quota;
using DeviceClass = Sampan.Api.Resource.V1.DeviceClass;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.ResourceQuotas;

/// <summary>
/// Recounts what a namespace uses of its quotas. The API server charges creations itself; here usage comes back down when objects go,
/// end or shrink, and every five minutes in any case. Upstream: pkg/controller/resourcequota.
/// </summary>
internal sealed class ResourceQuotaController : Controller
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);
    private readonly Informer<ResourceQuota> _quotas;
    private readonly OwnWrites<ResourceQuota> _writes;
    private readonly QuotaUsage _usage;

    public ResourceQuotaController(ControllerContext context)
        : base("resourcequota-controller", context)
    {
        _quotas = Watch(Context.Informers.For<ResourceQuota>(), OnQuota);
        var classes = Watch(Context.Informers.For<DeviceClass>(), OnClass);
        var evaluators = new QuotaEvaluators(context.Time, new KnownObjects(classes, Context.Informers.For<Pod>()));
        _writes = Writes(_quotas);
        _usage = new QuotaUsage(evaluators, new CountedKinds(context, Wake));
        Count<Pod>(evaluators);
        Count<Service>(evaluators);
        Count<PersistentVolumeClaim>(evaluators);
        Count<ResourceClaim>(evaluators);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_quotas.Get(key) is not { Metadata.DeletionTimestamp: null } quota) return ReconcileResult.Done;
        var used = await _usage.OfAsync(quota, cancellationToken);
        var copy = quota.DeepClone();
        copy.Status = new ResourceQuotaStatus { Hard = quota.DeepClone().Spec.Hard, Used = used };
        if (!copy.Status.DeepEquals(quota.Status)) await _writes.UpdateStatusAsync(copy, cancellationToken);
        return ReconcileResult.RequeueAfter(Period);
    }

    /// <summary>
    /// A charge changes only what is used, and comes before the object that it is for: to recount then would take it back. So would
    /// a recount after our own write, which makes the limits of the status those of the spec: the next charge may come with it.
    /// </summary>
    private void OnQuota(ResourceQuota? old, ResourceQuota? current)
    {
        if (current is null) return;
        if (old is not null && SameHard(old.Spec.Hard, current.Spec.Hard)
            && (SameHard(old.Status.Hard, current.Status.Hard) || SameHard(current.Spec.Hard, current.Status.Hard)))
        {
            return;
        }
        Queue.Add(KeyOf(current));
    }

    /// <summary>What devices count as has changed in all namespaces.</summary>
    private void OnClass(DeviceClass? old, DeviceClass? current)
    {
        if (old?.Spec.ExtendedResourceName == current?.Spec.ExtendedResourceName) return;
        foreach (var quota in _quotas.List()) Queue.Add(KeyOf(quota));
    }

    private static bool SameHard(Dictionary<string, Quantity>? a, Dictionary<string, Quantity>? b) => ResourceLists.Same(a.OrEmpty(), b.OrEmpty());

    /// <summary>Follows a kind whose usage is more than a number of objects.</summary>
    private void Count<T>(QuotaEvaluators evaluators)
        where T : class, IObject<T>
    {
        var evaluator = evaluators.Find(T.Info.Group, T.Info.Plural)!;
        var informer = Watch(Context.Informers.For<T>(), (old, current) =>
        {
            // Most namespaces have no quota, and to look is cheaper than to count.
            if (!_quotas.List((current ?? old)!.Metadata.Namespace).Any()) return;
            if (old is not null && current is not null && ResourceLists.Same(evaluator.Usage(old), evaluator.Usage(current))) return;
            Wake(evaluator, (current ?? old)!.Metadata.Namespace);
        });
        _usage.Add(evaluator, informer.List);
    }

    private void Wake(QuotaEvaluator evaluator, string ns)
    {
        foreach (var quota in _quotas.List(ns))
            if (quota.Spec.Hard.OrEmpty().Keys.Any(evaluator.Counts)) Queue.Add(KeyOf(quota));
    }

    private sealed class KnownObjects(Informer<DeviceClass> classes, Informer<Pod> pods) : IQuotaObjects
    {
        public DeviceClass? DeviceClass(string name) => classes.Get(null, name);

        public Pod? Pod(string ns, string name) => pods.Get(ns, name);
    }
}
