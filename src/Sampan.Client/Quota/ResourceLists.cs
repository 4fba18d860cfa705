using System.Diagnostics.CodeAnalysis;

namespace Sampan.Client.Quota;

/// <summary>Arithmetic on amounts by resource name. No method changes what it is given.</summary>
public static class ResourceLists
{
    public static Dictionary<string, Quantity> Add(IReadOnlyDictionary<string, Quantity> a, IReadOnlyDictionary<string, Quantity> b) =>
        Merge(a, b, (x, y) => x + y, y => y);

    /// <summary>The greater amount of each name.</summary>
    public static Dictionary<string, Quantity> Max(IReadOnlyDictionary<string, Quantity> a, IReadOnlyDictionary<string, Quantity> b) =>
        Merge(a, b, (x, y) => x >= y ? x : y, y => y);

    /// <summary>a - b, with nothing below zero: what b does not give back.</summary>
    public static Dictionary<string, Quantity> SubtractToZero(IReadOnlyDictionary<string, Quantity> a, IReadOnlyDictionary<string, Quantity> b) =>
        Merge(a, b, (x, y) => x > y ? x - y : Quantity.Zero, _ => Quantity.Zero);

    /// <summary>The amounts of these names alone.</summary>
    public static Dictionary<string, Quantity> Mask(IReadOnlyDictionary<string, Quantity> list, IEnumerable<string> names)
    {
        var wanted = names as IReadOnlySet<string> ?? names.ToHashSet();
        return list.Where(entry => wanted.Contains(entry.Key)).ToDictionary();
    }

    public static Dictionary<string, Quantity> WithoutZeros(IReadOnlyDictionary<string, Quantity> list) =>
        list.Where(entry => !entry.Value.IsZero).ToDictionary();

    /// <summary>The names whose amount is above the limit; a name without a limit is never.</summary>
    public static IReadOnlyList<string> Exceeding(IReadOnlyDictionary<string, Quantity> list, IReadOnlyDictionary<string, Quantity> limits) =>
        [.. list.Where(entry => limits.TryGetValue(entry.Key, out var limit) && entry.Value > limit).Select(entry => entry.Key)];

    [SuppressMessage("Naming", "CA1711", Justification = "It compares two lists.")]
    public static bool Same(IReadOnlyDictionary<string, Quantity> a, IReadOnlyDictionary<string, Quantity> b) =>
        a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && entry.Value == other);

    /// <summary>cpu=1,memory=2Gi: as messages show amounts.</summary>
    public static string Text(IReadOnlyDictionary<string, Quantity> list) =>
        string.Join(',', list.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));

    private static Dictionary<string, Quantity> Merge(
        IReadOnlyDictionary<string, Quantity> a, IReadOnlyDictionary<string, Quantity> b,
        Func<Quantity, Quantity, Quantity> both, Func<Quantity, Quantity> onlySecond)
    {
        var result = new Dictionary<string, Quantity>(a);
        foreach (var (name, amount) in b)
        {
            result[name] = result.TryGetValue(name, out var present) ? both(present, amount) : onlySecond(amount);
        }
        return result;
    }
}
