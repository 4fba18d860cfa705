using Sampan.Api;
using Sampan.Api.Policy.V1;
using Sampan.ApiServer.Registry.Apps;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Policy;

/// <summary>Pod disruption budgets.</summary>
internal sealed class PodDisruptionBudgetStrategy() : SpecStatusStrategy<PodDisruptionBudget>(Parts)
{
    private static readonly SpecStatus<PodDisruptionBudget> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        budget => budget.Status = new PodDisruptionBudgetStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool AllowUnconditionalUpdate => false;

    protected override void Validate(WriteContext context, PodDisruptionBudget budget, FieldErrors errors)
    {
        var (spec, path) = (budget.Spec, FieldPath.Of("spec"));
        if (spec.MinAvailable is not null && spec.MaxUnavailable is not null)
        {
            errors.Invalid(path, spec, "minAvailable and maxUnavailable cannot be both set");
        }
        WorkloadValidation.IntOrPercent(spec.MinAvailable, path.Child("minAvailable"), errors);
        WorkloadValidation.IntOrPercent(spec.MaxUnavailable, path.Child("maxUnavailable"), errors);
        LabelSelectorValidation.Validate(spec.Selector, path.Child("selector"), errors);
        if (spec.UnhealthyPodEvictionPolicy is not (null or "IfHealthyBudget" or "AlwaysAllow"))
        {
            errors.NotSupported(path.Child("unhealthyPodEvictionPolicy"), spec.UnhealthyPodEvictionPolicy, "AlwaysAllow", "IfHealthyBudget");
        }
    }
}
