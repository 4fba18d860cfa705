using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Daemon sets.</summary>
internal sealed class DaemonSetStrategy() : SpecStatusStrategy<DaemonSet>(Parts)
{
    private static readonly SpecStatus<DaemonSet> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        set => set.Status = new DaemonSetStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

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

    protected override void Validate(WriteContext context, DaemonSet set, FieldErrors errors)
    {
        var (spec, path) = (set.Spec, FieldPath.Of("spec"));
        WorkloadValidation.Selector(spec.Selector, spec.Template, "daemonset", errors);
        WorkloadValidation.Template(spec.Template, path.Child("template"), "Always", errors);
        WorkloadValidation.NotNegative(path.Child("minReadySeconds"), spec.MinReadySeconds, errors);
        WorkloadValidation.NotNegative(path.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit ?? 0, errors);
        ValidateUpdateStrategy(spec.UpdateStrategy, path.Child("updateStrategy"), errors);
    }

    protected override void ValidateUpdate(WriteContext context, DaemonSet set, DaemonSet old, FieldErrors errors)
    {
        Validate(context, set, errors);
        WorkloadValidation.ImmutableSelector(set.Spec.Selector, old.Spec.Selector, errors);
    }

    private static void ValidateUpdateStrategy(DaemonSetUpdateStrategy strategy, FieldPath path, FieldErrors errors)
    {
        if (strategy.Type is not ("OnDelete" or "RollingUpdate"))
        {
            errors.NotSupported(path.Child("type"), strategy.Type, "OnDelete", "RollingUpdate");
        }
        if (strategy.RollingUpdate is not { } update)
        {
            return;
        }
        path = path.Child("rollingUpdate");
        WorkloadValidation.IntOrPercent(update.MaxUnavailable, path.Child("maxUnavailable"), errors);
        WorkloadValidation.IntOrPercent(update.MaxSurge, path.Child("maxSurge"), errors);
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
