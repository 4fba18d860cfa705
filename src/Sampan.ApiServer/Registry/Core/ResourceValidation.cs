using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of requests and limits.</summary>
internal static class ResourceValidation
{
    private static readonly HashSet<string> Standard = ["cpu", "memory", "ephemeral-storage"];

    public static void Validate(ResourceRequirements resources, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, limit) in resources.Limits.OrEmpty())
        {
            var at = path.Child("limits");
            ValidateName(name, at.Key(name), errors);
            ValidateQuantity(limit, at.Key(name), errors);
        }
        foreach (var (name, request) in resources.Requests.OrEmpty())
        {
            var at = path.Child("requests").Key(name);
            ValidateName(name, at, errors);
            ValidateQuantity(request, at, errors);
            if (resources.Limits.OrEmpty().TryGetValue(name, out var limit) && request > limit)
            {
                errors.Invalid(path.Child("requests"), request.ToString(), $"must be less than or equal to {name} limit of {limit}");
            }
            else if (IsExtended(name) && !(resources.Limits.OrEmpty().TryGetValue(name, out var equal) && equal == request))
            {
                errors.Invalid(path.Child("requests"), request.ToString(), $"must be equal to {name} limit of {Shown(resources, name)}");
            }
        }
    }

    private static string Shown(ResourceRequirements resources, string name) =>
        resources.Limits.OrEmpty().TryGetValue(name, out var limit) ? limit.ToString() : "0";

    private static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("kubernetes.io/", StringComparison.Ordinal);

    private static void ValidateName(string name, FieldPath path, FieldErrors errors)
    {
        errors.Invalid(path, name, Names.IsQualifiedName(name));
        if (!name.Contains('/', StringComparison.Ordinal) && !Standard.Contains(name) && !name.StartsWith("hugepages-", StringComparison.Ordinal))
        {
            errors.Invalid(path, name, "must be a standard resource type or fully qualified");
            errors.Invalid(path, name, "must be a standard resource for containers");
        }
    }

    private static void ValidateQuantity(Quantity quantity, FieldPath path, FieldErrors errors)
    {
        if (quantity.Sign < 0)
        {
            errors.Invalid(path, quantity.ToString(), "must be greater than or equal to 0");
        }
        else if (path.ToString().Contains('/', StringComparison.Ordinal) && quantity.AsExactLong() is null)
        {
            errors.Invalid(path, quantity, "must be an integer");
        }
    }
}
