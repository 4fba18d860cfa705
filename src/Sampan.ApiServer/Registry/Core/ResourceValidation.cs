using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of requests, limits and other amounts. Upstream: validateResourceRequirements.</summary>
internal static class ResourceValidation
{
    /// <param name="claims">The pod's resource claims, which containers may use; null where there are none to know.</param>
    public static void Validate(ResourceRequirements resources, FieldPath path, FieldErrors errors, ClaimNames? claims = null) =>
        Validate(resources, ContainerName, path, errors, claims);

    /// <summary>What a pod costs beside its containers.</summary>
    public static void Overhead(Dictionary<string, Quantity>? overhead, FieldPath path, FieldErrors errors)
    {
        if (overhead is not null)
        {
            Validate(new ResourceRequirements { Limits = overhead }, path, errors);
        }
    }

    /// <param name="checkName">Says which resources may be named here.</param>
    public static void Validate(
        ResourceRequirements resources, Action<string, FieldPath, FieldErrors> checkName, FieldPath path, FieldErrors errors,
        ClaimNames? claims)
    {
        foreach (var (name, limit) in resources.Limits.OrEmpty())
        {
            Amount(name, limit, checkName, path.Child("limits").Key(name), errors);
        }
        foreach (var (name, request) in resources.Requests.OrEmpty())
        {
            Amount(name, request, checkName, path.Child("requests").Key(name), errors, beforePages: () => Compare(resources, name, request, path, errors));
        }
        var names = resources.Limits.OrEmpty().Keys.Concat(resources.Requests.OrEmpty().Keys).ToList();
        if (names.Exists(ResourceNames.IsHugePages) && !names.Contains("cpu") && !names.Contains("memory"))
        {
            errors.Forbidden(path, "HugePages require cpu or memory");
        }
        if (claims is not null)
        {
            Claims(resources.Claims, claims, path.Child("claims"), errors);
        }
    }

    /// <summary>The name of a resource that a container can have.</summary>
    public static void ContainerName(string name, FieldPath path, FieldErrors errors)
    {
        AnyName(name, path, errors);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (!ResourceNames.IsForContainers(name))
            {
                errors.Invalid(path, name, "must be a standard resource for containers");
            }
        }
        else if (!ResourceNames.IsNative(name) && !ResourceNames.IsExtended(name))
        {
            errors.Invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    public static void AnyName(string name, FieldPath path, FieldErrors errors)
    {
        var complaints = Names.IsQualifiedName(name);
        errors.Invalid(path, name, complaints);
        if (complaints.Count == 0 && !name.Contains('/', StringComparison.Ordinal) && !ResourceNames.IsStandard(name))
        {
            errors.Invalid(path, name, "must be a standard resource type or fully qualified");
        }
    }

    public static void Value(string name, Quantity quantity, FieldPath path, FieldErrors errors)
    {
        if (quantity.Sign < 0)
        {
            errors.Invalid(path, quantity.ToString(), "must be greater than or equal to 0");
        }
        if (ResourceNames.IsWhole(name) && quantity.AsMilli() % 1000 != 0)
        {
            errors.Invalid(path, quantity, "must be an integer");
        }
    }

    private static void Amount(
        string name, Quantity quantity, Action<string, FieldPath, FieldErrors> checkName, FieldPath path, FieldErrors errors,
        Action? beforePages = null)
    {
        checkName(name, path, errors);
        Value(name, quantity, path, errors);
        beforePages?.Invoke();
        if (ResourceNames.IsHugePages(name) && !ResourceNames.IsOfWholePages(name, quantity))
        {
            errors.Invalid(path, quantity.ToString(), $"{quantity} is not positive integer multiple of {name}");
        }
    }

    private static void Compare(ResourceRequirements resources, string name, Quantity request, FieldPath path, FieldErrors errors)
    {
        var mayDiffer = ResourceNames.MayOvercommit(name);
        if (!resources.Limits.OrEmpty().TryGetValue(name, out var limit))
        {
            if (!mayDiffer)
            {
                errors.Required(path.Child("limits"), "Limit must be set for non overcommitable resources");
            }
        }
        else if (request != limit && !mayDiffer)
        {
            errors.Invalid(path.Child("requests"), request.ToString(), $"must be equal to {name} limit of {limit}");
        }
        else if (request > limit)
        {
            errors.Invalid(path.Child("requests"), request.ToString(), $"must be less than or equal to {name} limit of {limit}");
        }
    }

    private static void Claims(List<ResourceClaim>? claims, ClaimNames known, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (var (index, claim) in claims.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (claim.Name.Length == 0)
            {
                errors.Required(at);
                continue;
            }
            Claim(claim, seen, at, errors);
            if (!known.Contains(claim.Name))
            {
                errors.Add(FieldError.NotFound(at, claim.Name) with { Detail = known.Expected });
            }
        }
    }

    /// <summary>A claim is used as a whole or by its requests, each once.</summary>
    private static void Claim(ResourceClaim claim, HashSet<string> seen, FieldPath path, FieldErrors errors)
    {
        if (seen.Contains(claim.Name))
        {
            errors.Duplicate(path, claim.Name);
            return;
        }
        var key = claim.Name;
        if (!string.IsNullOrEmpty(claim.Request))
        {
            errors.Invalid(path.Child("request"), claim.Request, Names.IsDns1123Label(claim.Request));
            key += "/" + claim.Request;
        }
        if (seen.Contains(key) || (key == claim.Name && seen.Contains(key + "/")))
        {
            errors.Duplicate(path, key);
        }
        seen.Add(key);
        if (key != claim.Name)
        {
            seen.Add(claim.Name + "/");
        }
    }
}
