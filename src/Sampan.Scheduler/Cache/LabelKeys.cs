using Sampan.Api.Selectors;

namespace Sampan.Scheduler.Cache;

/// <summary>Selectors that take the values of some keys from a pod's own labels (matchLabelKeys, mismatchLabelKeys).</summary>
internal static class LabelKeys
{
    /// <summary>The selector with a requirement for each key that the labels have and that it doesn't name itself. One that chooses nothing stays so.</summary>
    public static Selector Merge(Selector selector, IReadOnlyDictionary<string, string>? labels, List<string>? keys, SelectorOperator op)
    {
        if (keys is not { Count: > 0 } || labels is null || selector.MatchesNothing) return selector;
        var added = new List<Requirement>();
        foreach (var key in keys)
        {
            if (labels.TryGetValue(key, out var value) && !selector.Requirements.Any(r => r.Key == key)) added.Add(Requirement.Create(key, op, [value]));
        }
        return added.Count == 0 ? selector : new Selector([.. selector.Requirements, .. added]);
    }
}
