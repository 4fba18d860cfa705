namespace Sampan.Api.Selectors;

/// <summary>A predicate over labels: all requirements hold. <see cref="Nothing"/> matches no object, <see cref="Everything"/> every one.</summary>
public sealed partial class Selector
{
    private readonly bool _nothing;

    public Selector(IReadOnlyList<Requirement> requirements) =>
        Requirements = [.. requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal)];

    private Selector(bool nothing)
        : this([]) => _nothing = nothing;

    public static Selector Everything { get; } = new(nothing: false);

    public static Selector Nothing { get; } = new(nothing: true);

    /// <summary>Sorted by key.</summary>
    public IReadOnlyList<Requirement> Requirements { get; }

    public bool MatchesEverything => !_nothing && Requirements.Count == 0;

    public bool MatchesNothing => _nothing;

    public static Selector Parse(string? text) =>
        string.IsNullOrEmpty(text) ? Everything : new Selector(LabelSelectorParser.Parse(text));

    /// <summary>Every pair must be there, as in a Service's selector; no pairs match everything.</summary>
    public static Selector FromLabels(IReadOnlyDictionary<string, string>? labels) => labels is null or { Count: 0 }
        ? Everything
        : new Selector([.. labels.Select(pair => new Requirement(pair.Key, SelectorOperator.Equals, [pair.Value]))]);

    public bool Matches(IReadOnlyDictionary<string, string>? labels)
    {
        if (_nothing)
        {
            return false;
        }

        for (int i = 0; i < Requirements.Count; i++)
        {
            if (!Requirements[i].Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => string.Join(',', Requirements);
}
