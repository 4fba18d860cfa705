using Sampan.Api;
using Sampan.Api.Core.V1;

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
        var path = FieldPath.Of("spec");
        if (SameNames(pod.Spec.Containers, old.Spec.Containers, path.Child("containers"), errors)
            | SameNames(pod.Spec.InitContainers.OrEmpty(), old.Spec.InitContainers.OrEmpty(), path.Child("initContainers"), errors))
        {
            return;
        }
        Images(pod.Spec.Containers, path.Child("containers"), errors);
        Images(pod.Spec.InitContainers.OrEmpty(), path.Child("initContainers"), errors);
        Deadline(pod.Spec.ActiveDeadlineSeconds, old.Spec.ActiveDeadlineSeconds, path.Child("activeDeadlineSeconds"), errors);
        OnlyAdditions(pod.Spec.Tolerations, old.Spec.Tolerations, path.Child("tolerations"), errors);
        PodSchedulingValidation.ValidateTolerations(pod.Spec.Tolerations, path.Child("tolerations"), errors);
        Gates(pod, old, path.Child("schedulingGates"), errors);
        var allowed = WithAllowedChanges(pod, old);
        if (!allowed.DeepEquals(pod.Spec))
        {
            errors.Forbidden(path, Allowed + SpecDifference.Of("core.PodSpec", allowed, pod.Spec));
        }
    }

    /// <summary>True, with an error, when containers came or went.</summary>
    private static bool SameNames(IReadOnlyList<Container> containers, IReadOnlyList<Container> old, FieldPath path, FieldErrors errors)
    {
        if (containers.Count == old.Count)
        {
            return false;
        }
        errors.Forbidden(path, "pod updates may not add or remove containers");
        return true;
    }

    private static void Images(IReadOnlyList<Container> containers, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, container) in containers.Index())
        {
            if (string.IsNullOrEmpty(container.Image))
            {
                errors.Required(path.Index(index).Child("image"));
            }
            else if (container.Image != container.Image.Trim())
            {
                errors.Invalid(path.Index(index).Child("image"), container.Image, "must not have leading or trailing whitespace");
            }
        }
    }

    private static void Deadline(long? deadline, long? old, FieldPath path, FieldErrors errors)
    {
        if (deadline is { } given)
        {
            if (given is < 0 or > int.MaxValue)
            {
                errors.Invalid(path, given, "must be between 0 and 2147483647, inclusive");
            }
            if (old < given)
            {
                errors.Invalid(path, given, "must be less than or equal to previous value");
            }
        }
        else if (old is not null)
        {
            errors.Invalid(path, deadline, "must not update from a positive integer to nil value");
        }
    }

    private static void OnlyAdditions(List<Toleration>? tolerations, List<Toleration>? old, FieldPath path, FieldErrors errors)
    {
        foreach (var toleration in old.OrEmpty())
        {
            if (!tolerations.OrEmpty().Any(one => one.DeepEquals(toleration) || DiffersInSecondsOnly(one, toleration)))
            {
                errors.Forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static bool DiffersInSecondsOnly(Toleration a, Toleration b) =>
        a.Key == b.Key && a.Operator == b.Operator && a.Value == b.Value && a.Effect == b.Effect && b.TolerationSeconds is not null;

    private static void Gates(Pod pod, Pod old, FieldPath path, FieldErrors errors)
    {
        var had = old.Spec.SchedulingGates.OrEmpty().Select(gate => gate.Name).ToHashSet();
        foreach (var (index, gate) in pod.Spec.SchedulingGates.OrEmpty().Index())
        {
            if (!had.Contains(gate.Name))
            {
                errors.Forbidden(
                    path.Index(index).Child("name"), "only deletion is allowed, but found new scheduling gate");
            }
        }
    }

    /// <summary>The old spec with those new values that an update may bring.</summary>
    private static PodSpec WithAllowedChanges(Pod pod, Pod old)
    {
        var spec = old.Spec.DeepClone();
        foreach (var (container, next) in spec.Containers.Zip(pod.Spec.Containers))
        {
            container.Image = next.Image;
        }
        foreach (var (container, next) in spec.InitContainers.OrEmpty().Zip(pod.Spec.InitContainers.OrEmpty()))
        {
            container.Image = next.Image;
        }
        spec.ActiveDeadlineSeconds = pod.Spec.ActiveDeadlineSeconds;
        spec.Tolerations = pod.Spec.Tolerations;
        spec.SchedulingGates = pod.Spec.SchedulingGates;
        if (old.Spec.TerminationGracePeriodSeconds < 0 && pod.Spec.TerminationGracePeriodSeconds == 1)
        {
            spec.TerminationGracePeriodSeconds = 1;
        }
        if (old.Spec.SchedulingGates.OrEmpty().Count > 0)
        {
            // A gated pod may be narrowed down before it is scheduled.
            spec.NodeSelector = pod.Spec.NodeSelector;
            spec.Affinity = pod.Spec.Affinity;
        }
        return spec;
    }
}
