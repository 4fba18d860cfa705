using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the resources of a pod as a whole. Upstream: validatePodResources.</summary>
internal static class PodResourceValidation
{
    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Resources is not { } resources)
        {
            return;
        }
        if (resources.Claims is not null)
        {
            errors.Forbidden(path.Child("claims"), "claims cannot be set for Resources at pod-level");
        }
        ResourceValidation.Validate(resources, Name, path, errors, null);
        Requests(spec, resources, path.Child("requests"), errors);
        Limits(spec.Containers, resources, path, errors);
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

    /// <summary>A pod asks for no less than its containers do together.</summary>
    private static void Requests(PodSpec spec, ResourceRequirements pod, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, sum) in PodAmounts.Requests(spec).Where(one => PodAmounts.IsOfPods(one.Key)))
        {
            var wanted = pod.Requests.OrEmpty().GetValueOrDefault(name);
            if (sum > wanted)
            {
                errors.Invalid(path.Key(name), wanted.ToString(), $"must be greater than or equal to aggregate container requests of {sum}");
            }
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
