using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Validation;

/// <summary>What the server makes of objects: testdata/group/kind/subject.yaml, whose form <see cref="ValidationCase"/> shows.</summary>
public sealed class ValidationCaseTests(ValidationServer server) : IClassFixture<ValidationServer>
{
    private static readonly Dictionary<string, ValidationCase> All = ReadAll().ToDictionary(one => one.Title);

    public static TheoryData<string> Cases => [.. All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Write_Case_MatchesExpectation(string title)
    {
        var one = All[title];
        var answer = await server.RunAsync(one);
        if (one.Refused is { } refused)
        {
            Assert.Equal(refused, $"{answer.Code} {answer.Message}");
            return;
        }
        AssertLines(one.Errors, ErrorsOf(answer));
        if (one.Errors.Length == 0)
        {
            AssertLines(one.Warnings ?? "", WarningsOf(answer));
            Assert.Equal("", string.Join('\n', one.Result is { } part ? Fragment.Differences(part, answer.Json) : []));
        }
        else if (one.Warnings is { } warnings)
        {
            AssertLines(warnings, WarningsOf(answer));
        }
    }

    /// <summary>Shows both texts whole: the differences are in lines too long for a window.</summary>
    private static void AssertLines(string expected, string actual) =>
        Assert.True(expected == actual, $"expected:\n{expected}\ngot:\n{actual}");

    /// <summary>The causes of a refusal, a line each; the whole message when there are none.</summary>
    private static string ErrorsOf(RawAnswer answer)
    {
        if (answer.Code < 300)
        {
            return "";
        }
        if (answer.Code != 422 || answer.Json["details"]?["causes"] is not JsonArray causes)
        {
            return $"{answer.Code} {answer.Message}";
        }
        Assert.All(causes, cause => AssertReason((string)cause!["reason"]!, (string)cause["message"]!));
        return string.Join('\n', causes.Select(cause => OneLine($"{(string?)cause!["field"]}: {(string)cause["message"]!}")));
    }

    private static string OneLine(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>A cause's message begins with the title of its reason.</summary>
    private static void AssertReason(string reason, string message)
    {
        var type = Enum.Parse<FieldErrorType>(reason.Replace("FieldValue", "", StringComparison.Ordinal));
        var title = new FieldError(type, "", "", "").Body.Split(':')[0];
        Assert.StartsWith(title, message, StringComparison.Ordinal);
    }

    private static string WarningsOf(RawAnswer answer) => string.Join('\n', answer.Headers["Warning"].Select(header =>
        header!["299 - \"".Length..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)));

    private static IEnumerable<ValidationCase> ReadAll() =>
        Directory.GetFiles(Root(), "*.yaml", SearchOption.AllDirectories).SelectMany(path =>
            ValidationCase.Read(path, Path.ChangeExtension(Path.GetRelativePath(Root(), path), null)));

    private static string Root([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "testdata");
}
