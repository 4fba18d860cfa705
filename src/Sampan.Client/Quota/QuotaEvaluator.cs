using Sampan.Api.Core.V1;

namespace Sampan.Client.Quota;

/// <summary>
/// How objects of one resource count against quotas. The API server charges by it, the quota controller sums by it.
/// Upstream: pkg/quota/v1/evaluator.
/// </summary>
public abstract class QuotaEvaluator(string group, string resource)
{
    public string Group { get; } = group;

    public string Resource { get; } = resource;

    /// <summary>count/deployments.apps, count/pods: the name under which every kind can be counted.</summary>
    public string CountName { get; } = group.Length == 0 ? $"count/{resource}" : $"count/{resource}.{group}";

    /// <summary>What one object uses.</summary>
    public abstract Dictionary<string, Quantity> Usage(IObject obj);

    /// <summary>Whether this evaluator is the one that counts the named resource.</summary>
    public abstract bool Counts(string resourceName);

    /// <summary>Whether the object belongs to the scope.</summary>
    public virtual bool MatchesScope(ScopedResourceSelectorRequirement scope, IObject obj) => false;

    /// <summary>Whether a request on the resource can change what is used.</summary>
    public virtual bool Handles(bool isCreate, string subresource, IObject? obj, IObject? old) => isCreate && subresource.Length == 0;

    /// <summary>What the object must state to be counted under these names; null when it does.</summary>
    public virtual string? Missing(IReadOnlySet<string> resourceNames, IObject obj) => null;

    public IReadOnlyList<string> Matching(IEnumerable<string> resourceNames) => [.. resourceNames.Where(Counts)];

    public bool Matches(ResourceQuota quota, IObject obj) =>
        quota.Status.Hard.OrEmpty().Keys.Any(Counts) && MatchesScopes(quota, obj);

    public bool MatchesScopes(ResourceQuota quota, IObject obj) => ScopesOf(quota).All(scope => MatchesScope(scope, obj));

    /// <summary>What these objects use together of the names that the quota limits and this evaluator counts; zeros included.</summary>
    public Dictionary<string, Quantity> UsageOf(ResourceQuota quota, IEnumerable<IObject> objects)
    {
        var names = Matching(quota.Spec.Hard.OrEmpty().Keys);
        var total = names.ToDictionary(name => name, _ => Quantity.Zero);
        foreach (var obj in objects.Where(obj => MatchesScopes(quota, obj)))
        {
            total = ResourceLists.Add(total, ResourceLists.Mask(Usage(obj), names));
        }
        return total;
    }

    private static IEnumerable<ScopedResourceSelectorRequirement> ScopesOf(ResourceQuota quota) =>
    [
        .. quota.Spec.Scopes.OrEmpty().Select(name => new ScopedResourceSelectorRequirement { ScopeName = name, Operator = "Exists" }),
        .. (quota.Spec.ScopeSelector?.MatchExpressions).OrEmpty(),
    ];
}
