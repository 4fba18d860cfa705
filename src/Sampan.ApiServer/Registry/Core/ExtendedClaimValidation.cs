using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks which containers use the claim that a scheduler made for a pod's extended resources.</summary>
internal static class ExtendedClaimValidation
{
    private const string NoContainer = "must match the name of an entry in spec.initContainers.name or spec.containers.name";
    private const string NoResource =
        "must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests";

    public static void Validate(PodExtendedResourceClaimStatus? status, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (status is null)
        {
            return;
        }
        if (status.RequestMappings.Count == 0)
        {
            errors.Required(path.Child("requestMappings"), "at least one request mapping is required");
        }
        var seen = new HashSet<(string, string, string)>();
        var containers = spec.InitContainers.OrEmpty().Concat(spec.Containers).ToLookup(one => one.Name);
        foreach (var (index, mapping) in status.RequestMappings.Index())
        {
            var at = path.Child("requestMappings").Index(index);
            Mapping(mapping, containers[mapping.ContainerName].FirstOrDefault(), at, errors);
            errors.Invalid(path.Child("requestName"), mapping.RequestName, Names.IsDns1123Label(mapping.RequestName));
            if (!seen.Add((mapping.ContainerName, mapping.ResourceName, mapping.RequestName)))
            {
                errors.Duplicate(at.Child("containerName"), mapping.ContainerName);
                errors.Duplicate(at.Child("resourceName"), mapping.ResourceName);
                errors.Duplicate(at.Child("requestName"), mapping.RequestName);
            }
        }
        if (status.ResourceClaimName.Length == 0)
        {
            errors.Required(path.Child("resourceClaimName"));
        }
        else
        {
            errors.Invalid(path.Child("resourceClaimName"), status.ResourceClaimName, Names.IsDns1123Subdomain(status.ResourceClaimName));
        }
    }

    private static void Mapping(ContainerExtendedResourceRequest mapping, Container? container, FieldPath path, FieldErrors errors)
    {
        if (container is null)
        {
            errors.Invalid(path.Child("containerName"), mapping.ContainerName, NoContainer);
        }
        else if (container.Resources?.Requests?.ContainsKey(mapping.ResourceName) != true)
        {
            errors.Invalid(path.Child("resourceName"), mapping.ResourceName, NoResource);
        }
    }
}
