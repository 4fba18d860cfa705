using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the resources of a pod as a whole. Upstream: validatePodResources, validateOverhead.</summary>
internal static class PodResourceValidation
{
    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Overhead is { } overhead)
        {
            ResourceValidation.Validate(new ResourceRequirements { Limits = overhead }, path.Child("overhead"), errors);
        }
        if (spec.Resources is not { } resources)
        {
            return;
        }
        var at = path.Child("resources");
        if (resources.Claims is not null)
        {
            errors.Forbidden(at.Child("claims"), "claims cannot be set for Resources at pod-level");
        }
        ResourceValidation.Validate(resources, Name, at, errors, null);
        Limits(spec.Containers, resources, at, errors);
    }

    private static void Name(string name, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        ResourceValidation.AnyName(name, path, errors);
        if (errors.Count == before && name is not ("cpu" or "memory") && !ResourceNames.IsHugePages(name))
        {
            errors.NotSupported(path, name, "cpu", "hugepages-", "memory");
        }
    }

    private static void Limits(List<Container> containers, ResourceRequirements pod, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, container) in containers.Index())
        {
            foreach (var (name, limit) in container.Resources.Limits.OrEmpty())
            {
                if (pod.Limits.OrEmpty().TryGetValue(name, out var most) && limit > most)
                {
                    errors.Invalid(
                        path.Child("containers").Index(index).Key(name).Child("limits"), limit.ToString(),
                        $"must be less than or equal to pod limits of {most}");
                }
            }
        }
    }
}
