namespace Sampan.Api;

/// <summary>Equality of the model's values: absent and empty collections are the same.</summary>
internal static class ModelEquality
{
    public static bool Equal<T>(T? left, T? right)
        where T : class, IApiType<T> => left is null ? right is null : left.DeepEquals(right);

    /// <summary>Texts for which empty and absent are the same.</summary>
    public static bool Texts(string? left, string? right) => (left ?? "") == (right ?? "");

    public static bool Bytes(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

    public static bool Times(Time? left, Time? right) => left.GetValueOrDefault() == right.GetValueOrDefault();

    public static bool MicroTimes(MicroTime? left, MicroTime? right) => left.GetValueOrDefault() == right.GetValueOrDefault();

    public static bool Lists<T>(List<T>? left, List<T>? right)
        where T : class, IApiType<T>
    {
        if ((left?.Count ?? 0) != (right?.Count ?? 0))
        {
            return false;
        }

        for (int i = 0; i < (left?.Count ?? 0); i++)
        {
            if (!left![i].DeepEquals(right![i]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool TextLists(List<string>? left, List<string>? right) => left.OrEmpty().SequenceEqual(right.OrEmpty());

    public static bool ValueLists<T>(List<T>? left, List<T>? right)
        where T : struct => left.OrEmpty().SequenceEqual(right.OrEmpty());

    public static bool Maps<T>(Dictionary<string, T>? left, Dictionary<string, T>? right)
        where T : class, IApiType<T> => Maps(left, right, static (a, b) => a.DeepEquals(b));

    public static bool TextMaps(Dictionary<string, string>? left, Dictionary<string, string>? right) =>
        Maps(left, right, static (a, b) => a == b);

    public static bool BytesMaps(Dictionary<string, byte[]>? left, Dictionary<string, byte[]>? right) =>
        Maps(left, right, static (a, b) => a.AsSpan().SequenceEqual(b));

    public static bool TextListMaps(Dictionary<string, List<string>>? left, Dictionary<string, List<string>>? right) =>
        Maps(left, right, static (a, b) => a.SequenceEqual(b));

    public static bool ValueMaps<T>(Dictionary<string, T>? left, Dictionary<string, T>? right)
        where T : struct, IEquatable<T> => Maps(left, right, static (a, b) => a.Equals(b));

    private static bool Maps<T>(Dictionary<string, T>? left, Dictionary<string, T>? right, Func<T, T, bool> equal)
    {
        if ((left?.Count ?? 0) != (right?.Count ?? 0))
        {
            return false;
        }

        foreach ((string key, T value) in left.OrEmpty())
        {
            if (!right!.TryGetValue(key, out T? other) || !equal(value, other))
            {
                return false;
            }
        }

        return true;
    }
}
