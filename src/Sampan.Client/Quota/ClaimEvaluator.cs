using Sampan.Api.Core.V1;

namespace Sampan.Client.Quota;

/// <summary>Counts persistent volume claims and the storage they ask for, also by storage class.</summary>
public sealed class ClaimEvaluator() : QuotaEvaluator("", "persistentvolumeclaims")
{
    private const string Claims = "persistentvolumeclaims";
    private const string Storage = "requests.storage";
    private const string ByClass = ".storageclass.storage.k8s.io/";
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    public override bool Counts(string resourceName) =>
        resourceName is Claims or Storage || resourceName == CountName
        || resourceName.EndsWith(ByClass + Claims, StringComparison.Ordinal) || resourceName.EndsWith(ByClass + Storage, StringComparison.Ordinal);

    public override bool Handles(bool isCreate, string subresource, IObject? obj, IObject? old) => subresource switch
    {
        "" => true,
        "status" => obj is PersistentVolumeClaim now && old is PersistentVolumeClaim was && StatusCounts(now, was),
        _ => false,
    };

    public override bool MatchesScope(ScopedResourceSelectorRequirement scope, IObject obj) =>
        scope.ScopeName == "VolumeAttributesClass" && ScopeMatch.Matches(scope, AttributeClasses((PersistentVolumeClaim)obj));

    public override Dictionary<string, Quantity> Usage(IObject obj)
    {
        var claim = (PersistentVolumeClaim)obj;
        var usage = new Dictionary<string, Quantity> { [Claims] = new(1), [CountName] = new(1) };
        var storageClass = claim.Metadata.Annotations.OrEmpty().GetValueOrDefault(ClassAnnotation) ?? claim.Spec.StorageClassName ?? "";
        if (storageClass.Length > 0)
        {
            usage[storageClass + ByClass + Claims] = new(1);
        }
        if (StorageOf(claim) is { } storage)
        {
            usage[Storage] = storage;
            if (storageClass.Length > 0)
            {
                usage[storageClass + ByClass + Storage] = storage;
            }
        }
        return usage;
    }

    /// <summary>The greater of what is asked for and what an expansion under way has taken, in whole bytes.</summary>
    private static Quantity? StorageOf(PersistentVolumeClaim claim)
    {
        if (!(claim.Spec.Resources?.Requests).OrEmpty().TryGetValue("storage", out var asked))
        {
            return null;
        }
        var storage = claim.Status.AllocatedResources.OrEmpty().TryGetValue("storage", out var taken) && taken > asked ? taken : asked;
        return storage.AsExactLong() is null ? new Quantity(storage.AsLong(), storage.Format) : storage;
    }

    private static bool StatusCounts(PersistentVolumeClaim now, PersistentVolumeClaim was) =>
        now.Status.AllocatedResources.OrEmpty().GetValueOrDefault("storage") != was.Status.AllocatedResources.OrEmpty().GetValueOrDefault("storage")
        || !AttributeClasses(now).SetEquals(AttributeClasses(was));

    private static HashSet<string> AttributeClasses(PersistentVolumeClaim claim) =>
    [
        .. new[]
        {
            claim.Spec.VolumeAttributesClassName, claim.Status.CurrentVolumeAttributesClassName,
            claim.Status.ModifyVolumeStatus?.TargetVolumeAttributesClassName,
        }.Where(name => !string.IsNullOrEmpty(name)).Select(name => name!),
    ];
}
