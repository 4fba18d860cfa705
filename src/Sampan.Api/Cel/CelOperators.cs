using System.Globalization;

namespace Sampan.Api.Cel;

/// <summary>What + and == and the other operators do.</summary>
internal static class CelOperators
{
    public static CelFunction? Find(string symbol) => symbol switch
    {
        "==" => static args => AreEqual(args[0], args[1]),
        "!=" => static args => !AreEqual(args[0], args[1]),
        "<" => static args => Compare(args[0], args[1]) < 0,
        "<=" => static args => Compare(args[0], args[1]) <= 0,
        ">" => static args => Compare(args[0], args[1]) > 0,
        ">=" => static args => Compare(args[0], args[1]) >= 0,
        "in" => static args => IsIn(args[0], args[1]),
        "+" => static args => Add(args[0], args[1]),
        "-" => static args => args.Length == 1 ? Negate(args[0]) : Subtract(args[0], args[1]),
        "*" => static args => Multiply(args[0], args[1]),
        "/" => static args => Divide(args[0], args[1]),
        "%" => static args => Remainder(args[0], args[1]),
        "!" => static args => !(bool)args[0]!,
        _ => null,
    };

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => left is null && right is null,
        (long or ulong or double, long or ulong or double) => CompareNumbers(left, right) == 0,
        (byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other),
        (ICelMap one, ICelMap other) => one.Count == other.Count && one.Keys.All(key => other.TryGet(key, out var value) && one.TryGet(key, out var own) && AreEqual(own, value)),
        (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.Count == other.Count && one.Zip(other).All(pair => AreEqual(pair.First, pair.Second)),
        (CelOptional one, CelOptional other) => one.HasValue == other.HasValue && AreEqual(one.Value, other.Value),
        _ => left.Equals(right),
    };

    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (long or ulong or double, long or ulong or double) => CompareNumbers(left, right),
        (string one, string other) => string.CompareOrdinal(one, other),
        (bool one, bool other) => one.CompareTo(other),
        (byte[] one, byte[] other) => one.AsSpan().SequenceCompareTo(other),
        (DateTimeOffset one, DateTimeOffset other) => one.CompareTo(other),
        (TimeSpan one, TimeSpan other) => one.CompareTo(other),
        _ => throw CelException.NoSuchOverload("_<_"),
    };

    private static int CompareNumbers(object left, object right) => (left, right) switch
    {
        (long one, long other) => one.CompareTo(other),
        (ulong one, ulong other) => one.CompareTo(other),
        (long one, ulong other) => one < 0 ? -1 : ((ulong)one).CompareTo(other),
        (ulong one, long other) => other < 0 ? 1 : one.CompareTo((ulong)other),
        _ => Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture)),
    };

    private static bool IsIn(object? item, object? container) => container switch
    {
        IReadOnlyList<object?> list => list.Any(other => AreEqual(item, other)),
        ICelMap map => item is not null && map.Keys.Any(key => AreEqual(key, item)),
        _ => throw CelException.NoSuchOverload("@in"),
    };

    private static object Add(object? left, object? right) => (left, right) switch
    {
        (long one, long other) => (object)checked(one + other),
        (ulong one, ulong other) => checked(one + other),
        (double one, double other) => one + other,
        (string one, string other) => one + other,
        (byte[] one, byte[] other) => (byte[])[.. one, .. other],
        (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => (List<object?>)[.. one, .. other],
        (TimeSpan one, TimeSpan other) => one + other,
        (DateTimeOffset one, TimeSpan other) => one + other,
        (TimeSpan one, DateTimeOffset other) => other + one,
        _ => throw CelException.NoSuchOverload("_+_"),
    };

    private static object Subtract(object? left, object? right) => (left, right) switch
    {
        (long one, long other) => (object)checked(one - other),
        (ulong one, ulong other) => checked(one - other),
        (double one, double other) => one - other,
        (TimeSpan one, TimeSpan other) => one - other,
        (DateTimeOffset one, TimeSpan other) => one - other,
        (DateTimeOffset one, DateTimeOffset other) => one - other,
        _ => throw CelException.NoSuchOverload("_-_"),
    };

    private static object Negate(object? value) => value switch
    {
        long number => (object)checked(-number),
        double real => -real,
        _ => throw CelException.NoSuchOverload("-_"),
    };

    private static object Multiply(object? left, object? right) => (left, right) switch
    {
        (long one, long other) => (object)checked(one * other),
        (ulong one, ulong other) => checked(one * other),
        (double one, double other) => one * other,
        _ => throw CelException.NoSuchOverload("_*_"),
    };

    private static object Divide(object? left, object? right) => (left, right) switch
    {
        (long or ulong, 0L or 0UL) => throw new CelException("division by zero"),
        (long one, long other) => (object)checked(one / other),
        (ulong one, ulong other) => one / other,
        (double one, double other) => one / other,
        _ => throw CelException.NoSuchOverload("_/_"),
    };

    private static object Remainder(object? left, object? right) => (left, right) switch
    {
        (long or ulong, 0L or 0UL) => throw new CelException("modulus by zero"),
        (long one, long other) => (object)(other == -1 ? 0L : one % other),
        (ulong one, ulong other) => one % other,
        _ => throw CelException.NoSuchOverload("_%_"),
    };
}
