using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;
using Sampan.Client.Quota;
using DeviceClass = Sampan.Api.Resource.V1.DeviceClass;

namespace Sampan.ApiServer.Admission.Quota;

/// <summary>
/// Charges what a write uses to the quotas of its namespace, by compare-and-swap on their status, and refuses what does not fit. The
/// quota controller corrects what was charged for writes that failed later. Upstream: apiserver/pkg/admission/plugin/resourcequota.
/// </summary>
internal sealed class ResourceQuotaAdmission(IObjectSource objects, RegistryLinks links, TimeProvider time) : AdmissionPlugin
{
    private const int Attempts = 10;

    private readonly QuotaEvaluators _evaluators = new(time, new KnownObjects(objects));
    private readonly NamespaceLocks _locks = new();

    public override string Name => "ResourceQuota";

    public override async ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (Evaluator(request) is not { } evaluator || !objects.List<ResourceQuota>(request.Namespace).Any())
        {
            return;
        }
        if (request.Context.DryRun)
        {
            Charged(request, evaluator);
            return;
        }
        using (await _locks.EnterAsync(request.Namespace, request.Context.Cancelled))
        {
            await ChargeAsync(request, evaluator);
        }
    }

    private QuotaEvaluator? Evaluator(AdmissionRequest request)
    {
        if (request.Namespace.Length == 0 || request.Object is null || !request.Resource.Kind.Namespaced
            || request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update))
        {
            return null;
        }
        var evaluator = _evaluators.Find(request.Resource.Kind.Group, request.Resource.Kind.Plural);
        var isCreate = request.Operation == AdmissionOperation.Create;
        return evaluator?.Handles(isCreate, request.Subresource, request.Object, request.OldObject) == true ? evaluator : null;
    }

    private async ValueTask ChargeAsync(AdmissionRequest request, QuotaEvaluator evaluator)
    {
        var storage = links.Catalog.StorageOf(ResourceQuota.Info);
        var paid = new HashSet<string>();
        for (var attempt = 1; ; attempt++)
        {
            var open = Charged(request, evaluator).Where(charge => !paid.Contains(charge.Quota.Metadata.Name)).ToList();
            foreach (var charge in open)
            {
                if (await TryStoreAsync(storage, charge, request.Context.Cancelled))
                {
                    paid.Add(charge.Quota.Metadata.Name);
                }
            }
            if (open.All(charge => paid.Contains(charge.Quota.Metadata.Name)))
            {
                return;
            }
            if (attempt == Attempts)
            {
                throw storage.Conflict(open[0].Quota.Metadata.Name, StatusException.ObjectWasModified);
            }
        }
    }

    /// <summary>The quotas that the write is charged to, with what they will have used.</summary>
    private List<QuotaCharge> Charged(AdmissionRequest request, QuotaEvaluator evaluator)
    {
        var check = new QuotaCheck(request, evaluator);
        return [.. objects.List<ResourceQuota>(request.Namespace).Select(check.Charge).OfType<QuotaCharge>()];
    }

    private static async ValueTask<bool> TryStoreAsync(ResourceStorage storage, QuotaCharge charge, CancellationToken cancelled)
    {
        var meta = charge.Quota.Metadata;
        if (storage.Find(meta.Namespace, meta.Name) is not { } current || current.Object.Metadata.ResourceVersion != meta.ResourceVersion)
        {
            return false;
        }
        var next = charge.Quota.DeepClone();
        next.Status.Used = charge.Used;
        return await storage.TryUpdateAsync(current, next, cancelled) is not null;
    }

    private sealed class KnownObjects(IObjectSource objects) : IQuotaObjects
    {
        public DeviceClass? DeviceClass(string name) => objects.Get<DeviceClass>(null, name);

        public Pod? Pod(string ns, string name) => objects.Get<Pod>(ns, name);
    }
}
