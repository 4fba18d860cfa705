using System.Buffers.Text;
using System.Globalization;

namespace Sampan.Api.Cel;

/// <summary>A named form of strings: format.dns1123Label().validate("a.b") says what is wrong.</summary>
internal sealed record CelFormat(string Name, Func<string, IEnumerable<string>> Check)
{
    private static readonly string[] DateTimes = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd't'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    public static IReadOnlyDictionary<string, CelFormat> All { get; } = new[]
    {
        new CelFormat("dns1123Label", Names.IsDns1123Label),
        new CelFormat("dns1123Subdomain", Names.IsDns1123Subdomain),
        new CelFormat("dns1035Label", Names.IsDns1035Label),
        new CelFormat("dns1123LabelPrefix", static text => Names.IsDns1123Label(WithoutTrailingDash(text))),
        new CelFormat("dns1123SubdomainPrefix", static text => Names.IsDns1123Subdomain(WithoutTrailingDash(text))),
        new CelFormat("dns1035LabelPrefix", static text => Names.IsDns1035Label(WithoutTrailingDash(text))),
        new CelFormat("qualifiedName", Names.IsQualifiedName),
        new CelFormat("labelValue", Names.IsLabelValue),
        new CelFormat("uri", static text => CelUrl.WhyNot(text, out _) is { } problem ? [problem] : []),
        new CelFormat("uuid", static text => Is(Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _), "does not match the UUID format")),
        new CelFormat("byte", static text => Is(Base64.IsValid(text), "invalid base64")),
        new CelFormat("date", static text => Is(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "invalid date")),
        new CelFormat("datetime", static text => Is(IsDateTime(text), "invalid datetime")),
    }.ToDictionary(format => format.Name);

    public static void AddTo(Dictionary<string, CelFunction> globals, Dictionary<string, CelFunction> members)
    {
        foreach (var (name, format) in All) globals[$"format.{name}"] = _ => format;
        globals["format.named"] = static args => All.TryGetValue((string)args[0]!, out var format) ? CelOptional.Of(format) : CelOptional.None;
        members["validate"] = static args => ((CelFormat)args[0]!).Check((string)args[1]!).Select(object? (problem) => problem).ToList() is { Count: > 0 } problems
            ? CelOptional.Of(problems) : CelOptional.None;
    }

    private static bool IsDateTime(string text) => text.Length > "yyyy-MM-ddTHH:mm:ss".Length
        && DateTimeOffset.TryParseExact(text, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
        && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-');

    // What a name begins with may end with a dash.
    private static string WithoutTrailingDash(string text) => text.Length > 1 && text.EndsWith('-') ? text[..^2] + "a" : text;

    private static string[] Is(bool right, string problem) => right ? [] : [problem];
}
