using Sampan.Api.Selectors;

namespace Sampan.ApiServer.Watch;

/// <summary>Which objects a LIST or WATCH wants.</summary>
internal sealed record ObjectFilter
{
    public static ObjectFilter Everything { get; } = new();

    /// <summary>Null or empty: all namespaces.</summary>
    public string? Namespace { get; init; }

    /// <summary>Null: all names.</summary>
    public string? Name { get; init; }

    public FieldSelector Fields { get; init; } = FieldSelector.Everything;

    public Selector Labels { get; init; } = Selector.Everything;

    public bool Matches(CachedObject item, SelectableFields selectable) =>
        (string.IsNullOrEmpty(Namespace) || item.NamespaceSpan.SequenceEqual(Namespace))
        && (Name is null || item.NameSpan.SequenceEqual(Name))
        && MatchesFields(item, selectable)
        && (Labels.MatchesEverything || Labels.Matches(item.Object.Metadata.Labels));

    private bool MatchesFields(CachedObject item, SelectableFields selectable)
    {
        var requirements = Fields.Requirements;
        for (var i = 0; i < requirements.Count; i++)
        {
            var requirement = requirements[i];
            if (ValueOf(item, requirement.Field, selectable).SequenceEqual(requirement.Value) == requirement.Negated)
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<char> ValueOf(CachedObject item, string field, SelectableFields selectable) => field switch
    {
        "metadata.name" => item.NameSpan,
        "metadata.namespace" => item.NamespaceSpan,
        _ => selectable.IndexOf(field) is >= 0 and var at ? item.Fields(selectable)[at] : "",
    };
}
