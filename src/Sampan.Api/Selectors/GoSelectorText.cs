using Sampan.Api.Meta.V1;

namespace Sampan.Api.Selectors;

/// <summary>A label selector as Go's generated String method writes it, which upstream shows of a policy's parameters and of metrics.</summary>
public static class GoSelectorText
{
    public static string Of(LabelSelector? selector)
    {
        if (selector is null) return "nil";
        var labels = selector.MatchLabels.OrEmpty().OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}: {label.Value},");
        var expressions = selector.MatchExpressions.OrEmpty().Select(expression =>
            $"LabelSelectorRequirement{{Key:{expression.Key},Operator:{expression.Operator},Values:[{string.Join(' ', expression.Values.OrEmpty())}],}},");
        return $"&LabelSelector{{MatchLabels:map[string]string{{{string.Concat(labels)}}},MatchExpressions:[]LabelSelectorRequirement{{{string.Concat(expressions)}}},}}";
    }
}
