using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the claims of devices that a pod has. Upstream: validatePodResourceClaims.</summary>
internal static class PodClaimValidation
{
    public static void Validate(List<PodResourceClaim>? claims, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, claim) in claims.OrEmpty().Index())
        {
            Claim(claim, names, path.Index(index), errors);
        }
    }

    private static void Claim(PodResourceClaim claim, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (claim.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else if (!names.Add(claim.Name))
        {
            errors.Duplicate(path.Child("name"), claim.Name);
        }
        else
        {
            errors.Invalid(path.Child("name"), claim.Name, Names.IsDns1123Label(claim.Name));
        }
        if (claim is { ResourceClaimName: not null, ResourceClaimTemplateName: not null })
        {
            errors.Invalid(path, claim, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        }
        else if (claim is { ResourceClaimName: null, ResourceClaimTemplateName: null })
        {
            errors.Invalid(path, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        Source(claim.ResourceClaimName, path.Child("resourceClaimName"), errors);
        Source(claim.ResourceClaimTemplateName, path.Child("resourceClaimTemplateName"), errors);
    }

    private static void Source(string? name, FieldPath path, FieldErrors errors)
    {
        if (name is not null)
        {
            errors.Invalid(path, name, Names.IsDns1123Subdomain(name));
        }
    }
}
