using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>A label selector as Go's generated String method writes it, which is what upstream shows of a policy's parameters.</summary>
internal static class GoSelectorText
{
    public static string Of(LabelSelector selector)
    {
        var labels = selector.MatchLabels.OrEmpty().OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}: {label.Value},");
        var expressions = selector.MatchExpressions.OrEmpty().Select(expression =>
            $"LabelSelectorRequirement{{Key:{expression.Key},Operator:{expression.Operator},Values:[{string.Join(' ', expression.Values.OrEmpty())}],}},");
        return $"&LabelSelector{{MatchLabels:map[string]string{{{string.Concat(labels)}}},MatchExpressions:[]LabelSelectorRequirement{{{string.Concat(expressions)}}},}}";
    }
}
