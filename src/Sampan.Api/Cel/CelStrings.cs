using System.Text;
using System.Text.RegularExpressions;

namespace Sampan.Api.Cel;

/// <summary>What strings can do, regular expressions included.</summary>
internal static class CelStrings
{
    public static void AddTo(Dictionary<string, CelFunction> members)
    {
        members["contains"] = static args => Text(args[0]).Contains(Text(args[1]), StringComparison.Ordinal);
        members["startsWith"] = static args => Text(args[0]).StartsWith(Text(args[1]), StringComparison.Ordinal);
        members["endsWith"] = static args => Text(args[0]).EndsWith(Text(args[1]), StringComparison.Ordinal);
        members["matches"] = static args => Pattern(args[1]).IsMatch(Text(args[0]));
        members["find"] = static args => Pattern(args[1]).Match(Text(args[0])).Value;
        members["findAll"] = static args => Pattern(args[1]).Matches(Text(args[0])).Take(args.Length > 2 ? Limit(args[2]) : int.MaxValue).Select(m => (object?)m.Value).ToList();
        members["lowerAscii"] = static args => Cased(Text(args[0]), static c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c);
        members["upperAscii"] = static args => Cased(Text(args[0]), static c => c is >= 'a' and <= 'z' ? (char)(c - 32) : c);
        members["trim"] = static args => Text(args[0]).Trim();
        members["replace"] = static args => Replace(Text(args[0]), Text(args[1]), Text(args[2]), args.Length > 3 ? Limit(args[3]) : int.MaxValue);
        members["split"] = static args => Split(Text(args[0]), Text(args[1]), args.Length > 2 ? Limit(args[2]) : int.MaxValue);
        members["substring"] = static args => Substring(Text(args[0]), (long)args[1]!, args.Length > 2 ? (long)args[2]! : null);
        members["charAt"] = static args => (long)args[1]! == Text(args[0]).Length ? "" : Substring(Text(args[0]), (long)args[1]!, (long)args[1]! + 1);
        members["reverse"] = static args => new string([.. Text(args[0]).Reverse()]);
        members["join"] = static args => string.Join(args.Length > 1 ? Text(args[1]) : "", ((IReadOnlyList<object?>)args[0]!).Select(Text));
    }

    private static string Text(object? value) => (string)value! ?? throw new InvalidCastException();

    private static int Limit(object? value) => (long)value! is var limit && limit < 0 ? int.MaxValue : (int)Math.Min(limit, int.MaxValue);

    private static Regex Pattern(object? pattern) => new(Text(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static string Cased(string text, Func<char, char> map) => string.Create(text.Length, (text, map), static (span, state) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = state.map(state.text[i]);
    });

    private static string Replace(string text, string old, string replacement, int limit)
    {
        if (old.Length == 0) return text;
        var result = new StringBuilder();
        var position = 0;
        for (; limit > 0 && text.IndexOf(old, position, StringComparison.Ordinal) is var next and >= 0; limit--)
        {
            result.Append(text, position, next - position).Append(replacement);
            position = next + old.Length;
        }
        return result.Append(text, position, text.Length - position).ToString();
    }

    private static List<object?> Split(string text, string separator, int limit) => limit == 0 ? []
        : separator.Length == 0 ? [.. text.Select(c => c.ToString())] : [.. text.Split(separator, limit)];

    private static string Substring(string text, long start, long? end) => start < 0 || start > text.Length || end < start || end > text.Length
        ? throw new CelException($"index out of range: {(start < 0 || start > text.Length ? start : end)}") : text[(int)start..(int)(end ?? text.Length)];
}
