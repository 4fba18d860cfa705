using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of how pods are spread. Upstream: validateTopologySpreadConstraints.</summary>
internal static class TopologySpreadValidation
{
    private const string NotPositive = "must be greater than zero";

    private static readonly string[] Actions = ["DoNotSchedule", "ScheduleAnyway"];
    private static readonly string[] Policies = ["Honor", "Ignore"];

    public static void Validate(
        List<TopologySpreadConstraint>? constraints, FieldPath path, FieldErrors errors)
    {
        var left = constraints.OrEmpty().CountBy(KindOf).ToDictionary();
        foreach (var (index, constraint) in constraints.OrEmpty().Index())
        {
            var at = path.Index(index);
            Spread(constraint, at, errors);
            if (--left[KindOf(constraint)] > 0)
            {
                errors.Duplicate(
                    at.Child("{topologyKey, whenUnsatisfiable}"), $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
            }
            MinDomains(constraint, at.Child("minDomains"), errors);
            FieldChecks.OneOf(at.Child("nodeAffinityPolicy"), constraint.NodeAffinityPolicy, errors, Policies);
            FieldChecks.OneOf(at.Child("nodeTaintsPolicy"), constraint.NodeTaintsPolicy, errors, Policies);
            MatchLabelKeysValidation.Validate(constraint.MatchLabelKeys, null, constraint.LabelSelector, at, errors);
            LabelSelectorValidation.Validate(constraint.LabelSelector, at.Child("labelSelector"), errors);
        }
    }

    private static (string TopologyKey, string WhenUnsatisfiable) KindOf(TopologySpreadConstraint constraint) =>
        (constraint.TopologyKey, constraint.WhenUnsatisfiable);

    private static void Spread(TopologySpreadConstraint constraint, FieldPath path, FieldErrors errors)
    {
        if (constraint.MaxSkew <= 0)
        {
            errors.Invalid(path.Child("maxSkew"), constraint.MaxSkew, NotPositive);
        }
        if (constraint.TopologyKey.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }
        if (!Actions.Contains(constraint.WhenUnsatisfiable))
        {
            errors.NotSupported(path.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, Actions);
        }
    }

    private static void MinDomains(TopologySpreadConstraint constraint, FieldPath path, FieldErrors errors)
    {
        if (constraint.MinDomains is not { } min)
        {
            return;
        }
        if (min <= 0)
        {
            errors.Invalid(path, min, NotPositive);
        }
        if (constraint.WhenUnsatisfiable != "DoNotSchedule")
        {
            errors.Invalid(path, min, $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {constraint.WhenUnsatisfiable}");
        }
    }
}
