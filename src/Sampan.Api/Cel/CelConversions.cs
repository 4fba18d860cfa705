using System.Globalization;
using System.Text;

namespace Sampan.Api.Cel;

/// <summary>Functions from one type to another, sizes, and optional values.</summary>
internal static class CelConversions
{
    public static void AddTo(Dictionary<string, CelFunction> globals, Dictionary<string, CelFunction> members)
    {
        globals["size"] = members["size"] = static args => Size(args[0]);
        globals["type"] = static args => CelType.Of(args[0]);
        globals["dyn"] = static args => args[0];
        globals["bool"] = static args => args[0] is bool flag ? flag : Parse<bool>((string)args[0]!, bool.TryParse, "bool");
        globals["int"] = static args => Integer(args[0]);
        globals["uint"] = static args => Unsigned(args[0]);
        globals["double"] = static args => args[0] is string text ? double.Parse(text, CultureInfo.InvariantCulture) : Convert.ToDouble(args[0], CultureInfo.InvariantCulture);
        globals["string"] = static args => Text(args[0]);
        globals["bytes"] = static args => args[0] is byte[] bytes ? bytes : Encoding.UTF8.GetBytes((string)args[0]!);
        globals["duration"] = static args => args[0] is TimeSpan span ? span : Duration.Parse((string)args[0]!).ToTimeSpan();
        globals["timestamp"] = static args => args[0] is DateTimeOffset time ? time
            : DateTimeOffset.TryParse((string)args[0]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed : throw new CelException($"invalid timestamp: {args[0]}");
        globals["optional.of"] = static args => CelOptional.Of(args[0]);
        globals["optional.none"] = static _ => CelOptional.None;
        members["hasValue"] = static args => ((CelOptional)args[0]!).HasValue;
        members["value"] = static args => (CelOptional)args[0]! is { HasValue: true } optional ? optional.Value : throw new CelException("optional.none() dereference");
        members["orValue"] = static args => (CelOptional)args[0]! is { HasValue: true } optional ? optional.Value : args[1];
        members["or"] = static args => (CelOptional)args[0]! is { HasValue: true } optional ? optional : (CelOptional)args[1]!;
    }

    private delegate bool Parser<T>(string text, out T value);

    private static long Size(object? value) => value switch
    {
        string text => text.EnumerateRunes().Count(),
        byte[] bytes => bytes.Length,
        ICelMap map => map.Count,
        IReadOnlyList<object?> list => list.Count,
        _ => throw CelException.NoSuchOverload("size"),
    };

    private static long Integer(object? value) => value switch
    {
        long number => number,
        ulong number => checked((long)number),
        double real => real is > long.MinValue and < long.MaxValue ? (long)real : throw new CelException("integer overflow"),
        string text => Parse<long>(text, (string t, out long number) => long.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number), "int"),
        DateTimeOffset time => time.ToUnixTimeSeconds(),
        _ => throw CelException.NoSuchOverload("int"),
    };

    private static ulong Unsigned(object? value) => value switch
    {
        ulong number => number,
        long number => checked((ulong)number),
        double real => real is >= 0 and < ulong.MaxValue ? (ulong)real : throw new CelException("unsigned integer overflow"),
        string text => Parse<ulong>(text, (string t, out ulong number) => ulong.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out number), "uint"),
        _ => throw CelException.NoSuchOverload("uint"),
    };

    internal static string Text(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        long or ulong or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        TimeSpan span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds}s"),
        System.Net.IPAddress address => CelAddress.Text(address),
        CelCidr cidr => cidr.ToString(),
        _ => throw CelException.NoSuchOverload("string"),
    };

    private static T Parse<T>(string text, Parser<T> parser, string type) =>
        parser(text, out var value) ? value : throw new CelException($"type conversion error from 'string' to '{type}'");
}
