namespace Sampan.Api.Cel;

/// <summary>What lists can do, sets among them.</summary>
internal static class CelLists
{
    public static void AddTo(Dictionary<string, CelFunction> globals, Dictionary<string, CelFunction> members)
    {
        members["indexOf"] = static args => args[0] is string text ? (long)text.IndexOf((string)args[1]!, StringComparison.Ordinal) : IndexOf(List(args[0]), args[1]);
        members["lastIndexOf"] = static args => args[0] is string text ? (long)text.LastIndexOf((string)args[1]!, StringComparison.Ordinal) : LastIndexOf(List(args[0]), args[1]);
        members["isSorted"] = static args => List(args[0]) is var list && list.Zip(list.Skip(1)).All(pair => CelOperators.Compare(pair.First, pair.Second) <= 0);
        members["min"] = static args => Extreme(List(args[0]), -1);
        members["max"] = static args => Extreme(List(args[0]), 1);
        members["sum"] = static args => List(args[0]) is { Count: > 0 } list ? list.Aggregate(static (sum, item) => CelOperators.Find("+")!([sum, item])) : 0L;
        globals["sets.contains"] = static args => List(args[1]).All(item => Contains(List(args[0]), item));
        globals["sets.intersects"] = static args => List(args[1]).Any(item => Contains(List(args[0]), item));
        globals["sets.equivalent"] = static args => List(args[1]).All(item => Contains(List(args[0]), item)) && List(args[0]).All(item => Contains(List(args[1]), item));
    }

    private static IReadOnlyList<object?> List(object? value) => (IReadOnlyList<object?>)value! ?? throw new InvalidCastException();

    private static bool Contains(IReadOnlyList<object?> list, object? item) => IndexOf(list, item) is >= 0L;

    private static object IndexOf(IReadOnlyList<object?> list, object? item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (CelOperators.AreEqual(list[i], item)) return (long)i;
        }
        return -1L;
    }

    private static object LastIndexOf(IReadOnlyList<object?> list, object? item)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (CelOperators.AreEqual(list[i], item)) return (long)i;
        }
        return -1L;
    }

    private static object? Extreme(IReadOnlyList<object?> list, int sign) => list.Count == 0
        ? throw new CelException(sign < 0 ? "min called on empty list" : "max called on empty list")
        : list.Aggregate((best, item) => CelOperators.Compare(item, best) * sign > 0 ? item : best);
}
