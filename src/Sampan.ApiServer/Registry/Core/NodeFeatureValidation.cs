using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what a node says it can do: names in their order, and memory to swap to.</summary>
internal static partial class NodeFeatureValidation
{
    private const int MaxLength = 253;

    public static void Validate(NodeStatus status, FieldErrors errors)
    {
        if (status.NodeInfo.Swap?.Capacity is <= 0 and var capacity)
        {
            errors.Invalid(FieldPath.Of("metadata").Child("nodeSwapStatus").Child("capacity"), capacity, "must be greater than zero");
        }
        var path = FieldPath.Of("status").Child("declaredFeatures");
        var before = "";
        foreach (var (index, name) in status.DeclaredFeatures.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (index > 0 && name == before)
            {
                errors.Duplicate(at, name);
            }
            else if (index > 0 && string.CompareOrdinal(name, before) < 0)
            {
                errors.Invalid(at, name, "list must be sorted alphabetically");
            }
            if (Complaint(name) is { } complaint)
            {
                errors.Invalid(at, name, $"invalid feature name {GoText.Quote(name)}: {complaint}");
            }
            before = name;
        }
    }

    private static string? Complaint(string name) => name.Length > MaxLength
        ? $"must be no more than {MaxLength} characters"
        : Shape().IsMatch(name)
            ? null
            : "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), "
                + "and contain only alphanumeric characters and slashes";

    [GeneratedRegex("^[A-Z][a-zA-Z0-9]*(/[a-zA-Z][a-zA-Z0-9]*)*$", RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
