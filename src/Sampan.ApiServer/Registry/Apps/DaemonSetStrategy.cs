using System.Globalization;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Daemon sets. An annotation counts the changes of their template, as older versions' templateGeneration did.</summary>
internal sealed class DaemonSetStrategy() : SpecStatusStrategy<DaemonSet>(Parts)
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    private static readonly SpecStatus<DaemonSet> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        set => set.Status = new DaemonSetStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        PodsOf = set => set.Spec.Template.Spec,
    };

    protected override void Default(DaemonSet set)
    {
        var spec = set.Spec;
        spec.RevisionHistoryLimit ??= 10;
        if (string.IsNullOrEmpty(spec.UpdateStrategy.Type))
        {
            spec.UpdateStrategy.Type = "RollingUpdate";
        }
        if (spec.UpdateStrategy.Type == "RollingUpdate")
        {
            spec.UpdateStrategy.RollingUpdate ??= new RollingUpdateDaemonSet();
            spec.UpdateStrategy.RollingUpdate.MaxUnavailable ??= 1;
            spec.UpdateStrategy.RollingUpdate.MaxSurge ??= 0;
        }
        PodDefaults.ApplyTemplate(spec.Template.Spec);
    }

    protected override void PrepareSpecForCreate(WriteContext context, DaemonSet set) => Count(set, 1);

    protected override void PrepareSpecForUpdate(WriteContext context, DaemonSet set, DaemonSet old)
    {
        var counted = long.TryParse(
            old.Metadata.Annotations.OrEmpty().GetValueOrDefault(TemplateGeneration), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : 0;
        Count(set, set.Spec.Template.DeepEquals(old.Spec.Template) ? counted : counted + 1);
    }

    protected override void Validate(WriteContext context, DaemonSet set, FieldErrors errors) => Validate(set, null, errors);

    /// <summary>Upstream looks at the spec twice: as one of a new object, and as one of a changed object.</summary>
    protected override void ValidateUpdate(WriteContext context, DaemonSet set, DaemonSet old, FieldErrors errors)
    {
        Validate(set, old, errors);
        WorkloadValidation.ImmutableSelector(set.Spec.Selector, old.Spec.Selector, errors);
        Validate(set, old, errors);
    }

    private static void Validate(DaemonSet set, DaemonSet? old, FieldErrors errors)
    {
        var (spec, path) = (set.Spec, FieldPath.Of("spec"));
        ValidateSelector(spec, old?.Spec.Selector, path, errors);
        WorkloadValidation.LastingTemplate(spec.Template, old?.Spec.Template, path.Child("template"), "DaemonSet", errors);
        FieldChecks.NotNegative(path.Child("minReadySeconds"), spec.MinReadySeconds, errors);
        ValidateUpdateStrategy(spec.UpdateStrategy, path.Child("updateStrategy"), errors);
        FieldChecks.NotNegative(path.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit, errors);
    }

    protected override IEnumerable<string> Warnings(WriteContext context, DaemonSet set, DaemonSet? old) =>
    [
        .. WorkloadWarnings.OfTemplate(set, old, set.Spec.Template, FieldPath.Of("spec", "template")),
    ];

    protected override void ValidateStatusUpdate(WriteContext context, DaemonSet set, DaemonSet old, FieldErrors errors)
    {
        var (status, path) = (set.Status, FieldPath.Of("status"));
        FieldChecks.NotNegative(path.Child("currentNumberScheduled"), status.CurrentNumberScheduled, errors);
        FieldChecks.NotNegative(path.Child("numberMisscheduled"), status.NumberMisscheduled, errors);
        FieldChecks.NotNegative(path.Child("desiredNumberScheduled"), status.DesiredNumberScheduled, errors);
        FieldChecks.NotNegative(path.Child("numberReady"), status.NumberReady, errors);
        FieldChecks.NotNegative(path.Child("observedGeneration"), status.ObservedGeneration, errors);
        FieldChecks.NotNegative(path.Child("updatedNumberScheduled"), status.UpdatedNumberScheduled, errors);
        FieldChecks.NotNegative(path.Child("numberAvailable"), status.NumberAvailable, errors);
        FieldChecks.NotNegative(path.Child("numberUnavailable"), status.NumberUnavailable, errors);
        FieldChecks.NotNegative(path.Child("collisionCount"), status.CollisionCount, errors);
        WorkloadValidation.NotDecremented(path.Child("collisionCount"), status.CollisionCount, old.Status.CollisionCount, errors);
    }

    private static void Count(DaemonSet set, long value) =>
        (set.Metadata.Annotations ??= [])[TemplateGeneration] = value.ToString(CultureInfo.InvariantCulture);

    private static void ValidateSelector(DaemonSetSpec spec, LabelSelector? old, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        LabelSelectorValidation.Validate(spec.Selector, path.Child("selector"), errors, old);
        if (errors.Count == before && (spec.Selector is null || !Selector.From(spec.Selector).Matches(spec.Template.Metadata.Labels)))
        {
            errors.Invalid(
                path.Child("template").Child("metadata").Child("labels"), spec.Template.Metadata.Labels ?? [],
                "`selector` does not match template `labels`");
        }
        if (spec.Selector is { } selector && selector.MatchLabels.OrEmpty().Count + selector.MatchExpressions.OrEmpty().Count == 0)
        {
            errors.Invalid(path.Child("selector"), selector, "empty selector is invalid for daemonset");
        }
    }

    private static void ValidateUpdateStrategy(DaemonSetUpdateStrategy strategy, FieldPath path, FieldErrors errors)
    {
        if (strategy.Type is not ("OnDelete" or "RollingUpdate"))
        {
            errors.NotSupported(path, strategy, "RollingUpdate", "OnDelete");
        }
        else if (strategy.Type == "RollingUpdate" && strategy.RollingUpdate is null)
        {
            errors.Required(path.Child("rollingUpdate"));
        }
        else if (strategy.Type == "RollingUpdate")
        {
            ValidateRollingUpdate(strategy.RollingUpdate!, path.Child("rollingUpdate"), errors);
        }
    }

    private static void ValidateRollingUpdate(RollingUpdateDaemonSet update, FieldPath path, FieldErrors errors)
    {
        WorkloadValidation.IntOrPercent(update.MaxUnavailable, path.Child("maxUnavailable"), errors);
        WorkloadValidation.IntOrPercent(update.MaxSurge, path.Child("maxSurge"), errors);
        WorkloadValidation.NotAboveAll(update.MaxUnavailable, path.Child("maxUnavailable"), errors);
        WorkloadValidation.NotAboveAll(update.MaxSurge, path.Child("maxSurge"), errors);
        var (unavailable, surge) = (WorkloadValidation.IsZero(update.MaxUnavailable), WorkloadValidation.IsZero(update.MaxSurge));
        if (!unavailable && !surge)
        {
            errors.Invalid(path.Child("maxSurge"), update.MaxSurge, "may not be set when maxUnavailable is non-zero");
        }
        if (unavailable && surge)
        {
            errors.Required(path.Child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
        }
    }
}
