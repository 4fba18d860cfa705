using System.Text.RegularExpressions;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>The full names of all test methods, as the sources under tests/ have them.</summary>
internal static partial class TestSources
{
    public static HashSet<string> Names() =>
        [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => NamesIn(File.ReadAllText(file)))];

    internal static IEnumerable<string> NamesIn(string source)
    {
        var (space, type, isTest) = ("", "", false);
        foreach (Match match in Declarations().Matches(source))
        {
            if (match.Groups["space"] is { Success: true } s) space = s.Value;
            else if (match.Groups["type"] is { Success: true } t) type = t.Value;
            else if (match.Groups["test"].Success) isTest = true;
            else if (isTest)
            {
                isTest = false;
                yield return $"{space}.{type}.{match.Groups["method"].Value}";
            }
        }
    }

    [GeneratedRegex(@"^(namespace (?<space>[\w.]+);|(public|internal) [\w ]*class (?<type>\w+)|\s+\[(?<test>Fact|Theory)\b|\s+public (async )?(Task|ValueTask|void) (?<method>\w+)\()", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declarations();
}
