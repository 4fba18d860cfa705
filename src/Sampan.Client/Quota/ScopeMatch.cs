using Sampan.Api.Core.V1;

namespace Sampan.Client.Quota;

/// <summary>A scope requirement over the names that an object has for it.</summary>
internal static class ScopeMatch
{
    public static bool Matches(ScopedResourceSelectorRequirement scope, IReadOnlyCollection<string> names) => scope.Operator switch
    {
        "Exists" => names.Count > 0,
        "DoesNotExist" => names.Count == 0,
        "In" => names.Any(scope.Values.OrEmpty().Contains),
        "NotIn" => names.Count == 0 || names.Any(name => !scope.Values.OrEmpty().Contains(name)),
        _ => false,
    };
}
