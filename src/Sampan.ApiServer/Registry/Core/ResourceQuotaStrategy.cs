using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Resource quotas, whose scopes stay.</summary>
internal sealed class ResourceQuotaStrategy() : SpecStatusStrategy<ResourceQuota>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<ResourceQuota> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        quota => quota.Status = new ResourceQuotaStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool ReturnDeletedObject => true;

    protected override void Default(ResourceQuota quota)
    {
        AmountDefaults.Round(quota.Spec.Hard);
        AmountDefaults.Round(quota.Status.Hard);
        AmountDefaults.Round(quota.Status.Used);
    }

    protected override void Validate(WriteContext context, ResourceQuota quota, FieldErrors errors) =>
        ResourceQuotaValidation.Validate(quota.Spec, errors);

    protected override void ValidateUpdate(WriteContext context, ResourceQuota quota, ResourceQuota old, FieldErrors errors)
    {
        Validate(context, quota, errors);
        if (!quota.Spec.Scopes.OrEmpty().ToHashSet().SetEquals(old.Spec.Scopes.OrEmpty()))
        {
            errors.Invalid(FieldPath.Of("spec").Child("scopes"), quota.Spec.Scopes ?? [], "field is immutable");
        }
    }

    protected override void ValidateStatusUpdate(WriteContext context, ResourceQuota quota, ResourceQuota old, FieldErrors errors)
    {
        ResourceQuotaValidation.Amounts(quota.Status.Hard, FieldPath.Of("status").Child("hard"), errors);
        ResourceQuotaValidation.Amounts(quota.Status.Used, FieldPath.Of("status").Child("used"), errors);
    }
}
