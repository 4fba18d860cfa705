using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Authorization.Rbac;

/// <summary>
/// Whether the rules that someone holds cover rules to be granted. Each rule to be granted is broken into its smallest
/// parts (one verb, one group, one resource, one name), and each part must be covered by one held rule.
/// </summary>
internal static class RuleCover
{
    /// <summary>The parts that are not covered; empty when all are.</summary>
    public static IReadOnlyList<PolicyRule> Missing(IReadOnlyList<PolicyRule> held, IEnumerable<PolicyRule> granted) =>
        granted.SelectMany(BreakDown).Where(part => !held.Any(rule => Covers(rule, part))).ToList();

    /// <summary>The parts as a user reads them: one line for each resource, its verbs together, sorted.</summary>
    public static string Describe(IReadOnlyList<PolicyRule> parts)
    {
        var simple = parts.Where(IsSimple)
            .GroupBy(p => (Group: p.ApiGroups![0], Resource: p.Resources![0], Name: p.ResourceNames?.FirstOrDefault()))
            .Select(g => new PolicyRule
            {
                ApiGroups = [g.Key.Group],
                Resources = [g.Key.Resource],
                ResourceNames = g.Key.Name is { } name ? [name] : null,
                Verbs = g.SelectMany(p => p.Verbs).ToList(),
            });
        var lines = simple.Concat(parts.Where(p => !IsSimple(p))).Select(Compact).ToSortedSet();
        return string.Join('\n', lines);
    }

    private static SortedSet<string> ToSortedSet(this IEnumerable<string> lines) => new(lines, StringComparer.Ordinal);

    private static bool IsSimple(PolicyRule rule) => rule.NonResourceURLs is not { Count: > 0 };

    private static string Compact(PolicyRule rule)
    {
        var fields = new List<string>();
        Add(fields, "APIGroups", rule.ApiGroups);
        Add(fields, "Resources", rule.Resources);
        Add(fields, "NonResourceURLs", rule.NonResourceURLs);
        Add(fields, "ResourceNames", rule.ResourceNames);
        Add(fields, "Verbs", rule.Verbs);
        return $"{{{string.Join(", ", fields)}}}";
    }

    private static void Add(List<string> fields, string name, List<string>? values)
    {
        if (values is { Count: > 0 })
            fields.Add($"{name}:{GoList.Quote(values)}");
    }

    private static IEnumerable<PolicyRule> BreakDown(PolicyRule rule)
    {
        foreach (var verb in rule.Verbs)
        {
            foreach (var url in rule.NonResourceURLs.OrEmpty())
                yield return new PolicyRule { Verbs = [verb], NonResourceURLs = [url] };
            foreach (var group in rule.ApiGroups.OrEmpty())
                foreach (var resource in rule.Resources.OrEmpty())
                    foreach (var name in Names(rule))
                        yield return new PolicyRule { Verbs = [verb], ApiGroups = [group], Resources = [resource], ResourceNames = name };
        }
    }

    /// <summary>One entry without names when the rule names none.</summary>
    private static IEnumerable<List<string>?> Names(PolicyRule rule) =>
        rule.ResourceNames is { Count: > 0 } names ? names.Select(List<string>? (n) => [n]) : [null];

    private static bool Covers(PolicyRule held, PolicyRule part)
    {
        if (!held.Verbs.Contains("*") && !held.Verbs.Contains(part.Verbs[0]))
            return false;
        if (part.NonResourceURLs is [var url])
            return held.NonResourceURLs.OrEmpty().Any(h => CoversUrl(h, url));
        var groups = held.ApiGroups.OrEmpty();
        return (groups.Contains("*") || groups.Contains(part.ApiGroups![0]))
            && held.Resources.OrEmpty().Any(h => CoversResource(h, part.Resources![0]))
            && CoversNames(held.ResourceNames, part.ResourceNames);
    }

    private static bool CoversUrl(string held, string url) =>
        held == "*" || held == url
        || (held.EndsWith('*') && url.StartsWith(held.TrimEnd('*'), StringComparison.Ordinal));

    private static bool CoversResource(string held, string resource)
    {
        if (held == "*" || held == resource)
            return true;
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && held == $"*/{resource[(slash + 1)..]}";
    }

    private static bool CoversNames(List<string>? held, List<string>? part) =>
        held is not { Count: > 0 } || (part is [var name] && held.Contains(name));
}
