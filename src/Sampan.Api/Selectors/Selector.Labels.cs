using Sampan.Api.Meta.V1;

namespace Sampan.Api.Selectors;

/// <summary>Selectors from the object form.</summary>
public sealed partial class Selector
{
    /// <summary>A null matches nothing, an empty one everything.</summary>
    public static Selector From(LabelSelector? selector)
    {
        if (selector is null)
        {
            return Nothing;
        }

        List<Requirement> requirements = [];
        foreach ((string key, string value) in selector.MatchLabels.OrEmpty())
        {
            requirements.Add(Requirement.Create(key, SelectorOperator.Equals, [value]));
        }

        foreach (LabelSelectorRequirement expression in selector.MatchExpressions.OrEmpty())
        {
            requirements.Add(Requirement.Create(expression.Key, OperatorOf(expression.Operator), expression.Values.OrEmpty()));
        }

        return requirements.Count == 0 ? Everything : new Selector(requirements);
    }

    private static SelectorOperator OperatorOf(string name) => name switch
    {
        "In" => SelectorOperator.In,
        "NotIn" => SelectorOperator.NotIn,
        "Exists" => SelectorOperator.Exists,
        "DoesNotExist" => SelectorOperator.DoesNotExist,
        _ => throw new SelectorFormatException($"{GoText.Quote(name)} is not a valid label selector operator"),
    };
}
