using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Policy.V1;
using Sampan.ApiServer.Http.Resources;
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

    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Validate(WriteContext context, PodDisruptionBudget budget, FieldErrors errors) =>
        Validate(budget.Spec, null, errors);

    protected override void ValidateUpdate(WriteContext context, PodDisruptionBudget budget, PodDisruptionBudget old, FieldErrors errors) =>
        Validate(budget.Spec, old.Spec, errors);

    private static void Validate(PodDisruptionBudgetSpec spec, PodDisruptionBudgetSpec? old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (spec.MinAvailable is not null && spec.MaxUnavailable is not null)
        {
            errors.Invalid(path, spec, "minAvailable and maxUnavailable cannot be both set");
        }
        Validate(spec.MinAvailable, path.Child("minAvailable"), errors);
        Validate(spec.MaxUnavailable, path.Child("maxUnavailable"), errors);
        LabelSelectorValidation.Validate(spec.Selector, path.Child("selector"), errors, old?.Selector);
        FieldChecks.OneOf(path.Child("unhealthyPodEvictionPolicy"), spec.UnhealthyPodEvictionPolicy, errors, "AlwaysAllow", "IfHealthyBudget");
    }

    protected override void ValidateStatusUpdate(WriteContext context, PodDisruptionBudget budget, PodDisruptionBudget old, FieldErrors errors)
    {
        var (status, path) = (budget.Status, FieldPath.Of("status"));
        ConditionValidation.Validate(status.Conditions, path.Child("conditions"), errors);
        FieldChecks.NotNegative(path.Child("disruptionsAllowed"), status.DisruptionsAllowed, errors);
        FieldChecks.NotNegative(path.Child("currentHealthy"), status.CurrentHealthy, errors);
        FieldChecks.NotNegative(path.Child("desiredHealthy"), status.DesiredHealthy, errors);
        FieldChecks.NotNegative(path.Child("expectedPods"), status.ExpectedPods, errors);
    }

    private static void Validate(IntOrString? value, FieldPath path, FieldErrors errors)
    {
        WorkloadValidation.IntOrPercent(value, path, errors);
        WorkloadValidation.NotAboveAll(value, path, errors);
    }
}
