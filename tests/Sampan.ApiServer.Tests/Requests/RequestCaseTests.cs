using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Requests;

/// <summary>
/// Files of testdata, one rule each: a document per request, with what its answer has to be.
/// <code>
/// request: GET /api/v1/configmaps?limit=2      {name} stands for a kept value
/// body, type, accept                           body as text or as an object
/// code, reason, message, causes                of a refusal
/// names: [a, b]                                of a list's items, of a table's rows
/// fields: {/metadata/continue: null}           values by JSON pointer; null: not there
/// headers: {Warning: …}                        of the answer
/// keep: {next: /metadata/continue}             for later requests
/// events: [ADDED a, BOOKMARK]                  the first events of a watch
/// </code>
/// </summary>
public sealed class RequestCaseTests
{
    public static TheoryData<string> Cases => [.. Directory.GetFiles(Root(), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Send_Case_MatchesExpectation(string name)
    {
        await using var server = await TestServer.StartAsync();
        var kept = new Dictionary<string, string>();
        foreach (var step in YamlTree.ParseAll(await File.ReadAllTextAsync(Path.Combine(Root(), name + ".yaml"))))
        {
            await RunAsync(server, new RequestStep((JsonObject)step, kept));
        }
    }

    private static async Task RunAsync(TestServer server, RequestStep step)
    {
        if (step.Events.Count > 0)
        {
            var lines = await server.WatchAsync(step.Target, step.Accept, step.Events.Count);
            Assert.Equal(step.Events, lines.Select(RequestStep.EventText));
            step.CheckLast(lines[^1]);
            return;
        }
        var answer = await server.SendAsync(step.Method, step.Target, step.Body, step.ContentType, step.Accept);
        step.Check(answer);
    }

    private static string Root([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "testdata");
}
