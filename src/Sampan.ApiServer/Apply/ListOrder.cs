using System.Text.Json;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// The order of a merged list: what the configuration names stands in its order, and what only the present list has keeps its place
/// between the elements that both have.
/// <code>
/// present  x a y b      configured  n a c b      merged  x n a y c b
/// </code>
/// </summary>
internal static class ListOrder
{
    public static IEnumerable<(JsonElement Own, JsonElement Wanted)> Pair(
        List<(PathElement Step, JsonElement Item)> present, List<(PathElement Step, JsonElement Item)> configured)
    {
        var own = new Dictionary<PathElement, JsonElement>();
        foreach (var (step, item) in present)
        {
            // Elements that share a key are replaced by the configured one, not changed by it.
            if (!own.TryAdd(step, item))
            {
                own[step] = default;
            }
        }
        var wanted = configured.Select(entry => entry.Step).ToHashSet();
        var at = 0;
        for (var i = 0; i < configured.Count; i++)
        {
            var (step, item) = configured[i];
            var next = NextShared(configured, i, own);
            for (; at < present.Count && present[at].Step != next; at++)
            {
                if (!wanted.Contains(present[at].Step))
                {
                    yield return (present[at].Item, default);
                }
            }
            at += step == next ? 1 : 0;
            yield return (own.GetValueOrDefault(step), item);
        }
        foreach (var (step, item) in present.Skip(at).Where(entry => !wanted.Contains(entry.Step)))
        {
            yield return (item, default);
        }
    }

    private static PathElement? NextShared(
        List<(PathElement Step, JsonElement Item)> configured, int from, Dictionary<PathElement, JsonElement> own)
    {
        for (var i = from; i < configured.Count; i++)
        {
            if (own.ContainsKey(configured[i].Step))
            {
                return configured[i].Step;
            }
        }
        return null;
    }
}
