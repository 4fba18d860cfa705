using System.Globalization;
using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Plugins;

/// <summary>Matching of node selectors: terms are alternatives, the requirements of a term must all hold.</summary>
internal static class NodeSelectorTerms
{
    public static bool Matches(NodeSelector selector, Node node) => selector.NodeSelectorTerms.Exists(term => Matches(term, node));

    /// <summary>A term without requirements matches nothing.</summary>
    public static bool Matches(NodeSelectorTerm term, Node node)
    {
        var (expressions, fields) = (term.MatchExpressions.OrEmpty(), term.MatchFields.OrEmpty());
        return expressions.Count + fields.Count > 0
            && expressions.All(requirement => Holds(requirement, node.Metadata.Labels?.GetValueOrDefault(requirement.Key)))
            && fields.All(requirement => Holds(requirement, requirement.Key == "metadata.name" ? node.Metadata.Name : null));
    }

    private static bool Holds(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.OrEmpty().Contains(value),
        "NotIn" => value is null || !requirement.Values.OrEmpty().Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(value, requirement) > 0,
        "Lt" => Compare(value, requirement) < 0,
        _ => false,
    };

    private static int? Compare(string? value, NodeSelectorRequirement requirement) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left)
        && long.TryParse(requirement.Values.OrEmpty().FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;
}
