using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What an update may change in a pod. Upstream: ValidatePodUpdate.</summary>
internal static class PodUpdateValidation
{
    private const string Allowed =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";

    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
        PodAnnotationValidation.Validate(pod, FieldPath.Of("metadata", "annotations"), errors, old);
        PodValidation.ValidateWhole(pod, errors);
        PodAnnotationValidation.ValidateUpdate(pod, old, FieldPath.Of("metadata", "annotations"), errors);
        var path = FieldPath.Of("spec");
        if (!Containers(pod.Spec.Containers, old.Spec.Containers, path.Child("containers"), errors)
            || !Containers(pod.Spec.InitContainers.OrEmpty(), old.Spec.InitContainers.OrEmpty(), path.Child("initContainers"), errors)
            || !Deadline(pod.Spec.ActiveDeadlineSeconds, old.Spec.ActiveDeadlineSeconds, path.Child("activeDeadlineSeconds"), errors))
        {
            return;
        }
        Tolerations(pod.Spec.Tolerations, old.Spec.Tolerations, path.Child("tolerations"), errors);
        Gates(pod.Spec.SchedulingGates, old.Spec.SchedulingGates, path.Child("schedulingGates"), errors);
        var rest = WithoutAllowedChanges(pod.Spec, old.Spec);
        if (old.Spec.SchedulingGates.OrEmpty().Count > 0)
        {
            GatedPodValidation.Validate(rest, old.Spec, path, errors);
        }
        if (!rest.DeepEquals(old.Spec))
        {
            errors.Forbidden(path, Allowed + GoDiff.Of(old.Spec, rest));
        }
    }

    /// <summary>False, with an error, when containers came or went.</summary>
    private static bool Containers(IReadOnlyList<Container> containers, IReadOnlyList<Container> old, FieldPath path, FieldErrors errors)
    {
        if (containers.Count != old.Count)
        {
            errors.Forbidden(path, "pod updates may not add or remove containers");
            return false;
        }
        foreach (var (index, container) in containers.Index())
        {
            if (string.IsNullOrEmpty(container.Image))
            {
                errors.Required(path.Index(index).Child("image"));
            }
            ContainerRules.Image(container, path.Index(index), errors);
        }
        return true;
    }

    /// <summary>False, with an error, when the deadline is out of range or later than it was.</summary>
    private static bool Deadline(long? deadline, long? old, FieldPath path, FieldErrors errors)
    {
        switch (deadline)
        {
            case < 0 or > int.MaxValue:
                errors.Invalid(path, deadline, "must be between 0 and 2147483647, inclusive");
                return false;
            case { } given when given > old:
                errors.Invalid(path, given, "must be less than or equal to previous value");
                return false;
            case null when old is not null:
                errors.Invalid(path, deadline, "must not update from a positive integer to nil value");
                return true;
            default:
                return true;
        }
    }

    private static void Tolerations(List<Toleration>? tolerations, List<Toleration>? old, FieldPath path, FieldErrors errors)
    {
        var kept = tolerations.OrEmpty().Select(WithoutSeconds).ToHashSet();
        if (old.OrEmpty().Any(had => !kept.Contains(WithoutSeconds(had))))
        {
            errors.Forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
            return;
        }
        PodSchedulingValidation.ValidateTolerations(tolerations, path, errors);
    }

    private static (string, string, string, string) WithoutSeconds(Toleration one) =>
        (one.Key ?? "", one.Operator ?? "", one.Value ?? "", one.Effect ?? "");

    private static void Gates(List<PodSchedulingGate>? gates, List<PodSchedulingGate>? old, FieldPath path, FieldErrors errors)
    {
        var had = old.OrEmpty().Select(gate => gate.Name).ToHashSet();
        foreach (var (index, gate) in gates.OrEmpty().Index().Where(one => !had.Contains(one.Item.Name)))
        {
            errors.Forbidden(path.Index(index).Child("name"), $"only deletion is allowed, but found new scheduling gate '{gate.Name}'");
        }
    }

    /// <summary>The new spec with the old values of those fields that an update may change.</summary>
    private static PodSpec WithoutAllowedChanges(PodSpec spec, PodSpec old)
    {
        var rest = spec.DeepClone();
        foreach (var (container, was) in rest.Containers.Zip(old.Containers).Concat(rest.InitContainers.OrEmpty().Zip(old.InitContainers.OrEmpty())))
        {
            container.Image = was.Image;
        }
        rest.ActiveDeadlineSeconds = old.ActiveDeadlineSeconds;
        rest.Tolerations = old.Tolerations;
        rest.SchedulingGates = old.SchedulingGates;
        if (old.TerminationGracePeriodSeconds < 0 && rest.TerminationGracePeriodSeconds == 1)
        {
            rest.TerminationGracePeriodSeconds = old.TerminationGracePeriodSeconds;
        }
        return rest;
    }
}
