using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What can be resized in a running pod. Upstream: ValidatePodResize.</summary>
internal static class PodResizeValidation
{
    private const string OnlyThese = "only cpu and memory resources are mutable";

    private static readonly string[] Resizable = ["cpu", "memory"];

    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
        if (WhyNot(old) is { } reason)
        {
            errors.Forbidden(FieldPath.Of(""), reason);
            return;
        }
        var path = FieldPath.Of("spec");
        PodAnnotationValidation.Validate(pod, FieldPath.Of("metadata", "annotations"), errors, old);
        PodValidation.ValidateWhole(pod, errors);
        if ((old.Status.QosClass is { Length: > 0 } had ? had : PodQuality.ClassOf(old.Spec)) != PodQuality.ClassOf(pod.Spec))
        {
            errors.Invalid(path, pod.Status.QosClass, "Pod QOS Class may not change as a result of resizing");
        }
        if (old.Status.ContainerStatuses.OrEmpty().FirstOrDefault(status => status.State.Running is not null) is { Resources: null })
        {
            errors.Forbidden(path, "Pod running on node without support for resize");
        }
        if (HaveSameOrder(pod, old, path, errors))
        {
            Resources(pod, old, path, errors);
        }
    }

    private static string? WhyNot(Pod pod) => pod switch
    {
        _ when pod.Metadata.Annotations.OrEmpty().ContainsKey(PodAnnotationValidation.Mirror) => "static pods cannot be resized",
        { Spec.Os.Name: "windows" } => "windows pods cannot be resized",
        _ => null,
    };

    private static bool HaveSameOrder(Pod pod, Pod old, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        Order(pod.Spec.Containers, old.Spec.Containers, "containers", path, errors);
        Order(pod.Spec.InitContainers.OrEmpty(), old.Spec.InitContainers.OrEmpty(), "initContainers", path, errors);
        return errors.Count == before;
    }

    private static void Order(IReadOnlyList<Container> containers, IReadOnlyList<Container> old, string field, FieldPath path, FieldErrors errors)
    {
        if (containers.Count != old.Count)
        {
            errors.Forbidden(path.Child(field), $"{field} may not be added or removed on resize");
            return;
        }
        foreach (var (index, (container, was)) in containers.Zip(old).Index())
        {
            if (container.Name != was.Name)
            {
                errors.Forbidden(path.Child(field).Index(index).Child("name"), $"{field} may not be renamed or reordered on resize");
            }
        }
    }

    private static void Resources(Pod pod, Pod old, FieldPath path, FieldErrors errors)
    {
        NothingRemoved(pod.Spec.Resources, old.Spec.Resources, path.Child("resources"), errors);
        foreach (var (index, (container, was)) in pod.Spec.InitContainers.OrEmpty().Zip(old.Spec.InitContainers.OrEmpty()).Index())
        {
            NothingRemoved(container.Resources, was.Resources, path.Child("initContainers").Index(index).Child("resources"), errors);
        }
        foreach (var (index, (container, was)) in pod.Spec.Containers.Zip(old.Spec.Containers).Index())
        {
            NothingRemoved(container.Resources, was.Resources, path.Child("containers").Index(index).Child("resources"), errors);
        }
        OnlyCpuAndMemory(pod, old, path, errors);
    }

    private static void OnlyCpuAndMemory(Pod pod, Pod old, FieldPath path, FieldErrors errors)
    {
        var changed = pod.Spec.Containers.Zip(old.Spec.Containers).Where(pair => ChangesMore(pair.First, pair.Second));
        foreach (var _ in changed)
        {
            errors.Forbidden(path, OnlyThese);
        }
        foreach (var (index, (container, was)) in pod.Spec.InitContainers.OrEmpty().Zip(old.Spec.InitContainers.OrEmpty()).Index())
        {
            OnlyCpuAndMemory(container, was, path.Child("initContainers").Index(index), errors);
        }
    }

    /// <summary>An init container that runs may get other resources, but it is not started again for them: what it did would be done twice.</summary>
    private static void OnlyCpuAndMemory(Container container, Container old, FieldPath path, FieldErrors errors)
    {
        if (ChangesMore(container, old))
        {
            errors.Forbidden(path, "only cpu and memory resources for init or sidecar containers are mutable");
        }
        if (!PodContainers.IsSidecar(container) && !container.DeepEquals(old) && container.ResizePolicy.OrEmpty().Any(policy => policy.RestartPolicy == "RestartContainer"))
        {
            errors.Forbidden(path, "non-sidecar init containers with a resize policy of RestartContainer cannot be resized");
        }
    }

    private static bool ChangesMore(Container container, Container old)
    {
        var (now, was) = (container.DeepClone(), old.DeepClone());
        foreach (var resources in new[] { now.Resources, was.Resources })
        {
            (resources.Limits, resources.Requests) = (WithoutResizable(resources.Limits), WithoutResizable(resources.Requests));
        }
        return !now.DeepEquals(was);
    }

    private static Dictionary<string, Quantity>? WithoutResizable(Dictionary<string, Quantity>? amounts)
    {
        var rest = amounts.OrEmpty().Where(one => !Resizable.Contains(one.Key)).ToDictionary();
        return rest.Count == 0 ? null : rest;
    }

    private static void NothingRemoved(ResourceRequirements? resources, ResourceRequirements? old, FieldPath path, FieldErrors errors)
    {
        if ((old?.Requests).OrEmpty().Keys.Except((resources?.Requests).OrEmpty().Keys).Any())
        {
            errors.Forbidden(path.Child("requests"), "resource requests cannot be removed");
        }
        if ((old?.Limits).OrEmpty().Keys.Except((resources?.Limits).OrEmpty().Keys).Any())
        {
            errors.Forbidden(path.Child("limits"), "resource limits cannot be removed");
        }
    }
}
