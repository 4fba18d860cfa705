using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Requests;

/// <summary>One request of a case and what its answer has to be.</summary>
internal sealed class RequestStep(JsonObject step, Dictionary<string, string> kept)
{
    public string Method => Text("request")!.Split(' ')[0];

    public string Target => Filled(Text("request")!.Split(' ', 2)[1], Uri.EscapeDataString);

    public string? Body => step["body"] switch
    {
        null => null,
        JsonValue text when text.TryGetValue(out string? given) => Filled(given, value => value),
        var tree => Filled(tree.ToJsonString(), value => value),
    };

    public string ContentType => Text("type") ?? "application/json";

    public string? Accept => Text("accept");

    public IReadOnlyList<string> Events => [.. (step["events"] as JsonArray ?? []).Select(node => (string)node!)];

    /// <summary>ADDED and the object's name, of one line of a watch.</summary>
    public static string EventText(string line)
    {
        var change = JsonNode.Parse(line)!;
        var obj = change["object"]!;
        var name = obj["rows"]?[0]?["object"]?["metadata"]?["name"] ?? obj["metadata"]?["name"] ?? obj["reason"];
        return $"{change["type"]} {name}".TrimEnd();
    }

    public void Check(RawAnswer answer)
    {
        var place = $"{Text("request")}: {(answer.Code == 200 ? "" : answer.Text)}";
        Assert.True(((long?)step["code"] ?? 200) == answer.Code, $"{answer.Code} {place}");
        foreach (var (name, value) in step["headers"] as JsonObject ?? [])
        {
            Assert.Equal((string?)value, answer.Headers[name].ToString());
        }
        if (step["text"] is { } text)
        {
            Assert.Equal((string)text!, answer.Text);
            return;
        }
        Check(Accept == "application/yaml" ? (JsonObject)YamlTree.Parse(answer.Text)! : answer.Json);
    }

    public void CheckLast(string line) => CheckFields((JsonObject)JsonNode.Parse(line)!["object"]!);

    private void Check(JsonObject answer)
    {
        foreach (var name in new[] { "reason", "message" })
        {
            if (step.ContainsKey(name))
            {
                Assert.Equal(Filled(Text(name)!, value => value), (string?)answer[name]);
            }
        }
        if (step["causes"] is JsonArray causes)
        {
            var given = answer["details"]?["causes"] as JsonArray ?? [];
            Assert.Equal(causes.Select(cause => (string)cause!), given.Select(cause => $"{cause!["field"]}: {cause["message"]}"));
        }
        if (step["names"] is JsonArray names)
        {
            Assert.Equal(names.Select(name => (string)name!), NamesIn(answer));
        }
        CheckFields(answer);
        foreach (var (name, pointer) in step["keep"] as JsonObject ?? [])
        {
            kept[name] = (string)Find(answer, (string)pointer!)!;
        }
    }

    private void CheckFields(JsonObject answer)
    {
        foreach (var (pointer, value) in step["fields"] as JsonObject ?? [])
        {
            var found = Find(answer, pointer);
            var wanted = value is JsonValue text && text.TryGetValue(out string? filled) ? JsonValue.Create(Filled(filled, plain => plain)) : value;
            Assert.True(JsonTree.DeepEquals(wanted, found), $"{Text("request")}: {pointer} is {found?.ToJsonString() ?? "not there"}, not {value?.ToJsonString() ?? "absent"}");
        }
    }

    private static IEnumerable<string> NamesIn(JsonObject answer) => answer["rows"] is JsonArray rows
        ? rows.Select(row => (string)row!["cells"]![0]!)
        : answer["items"]!.AsArray().Select(item => (string)item!["metadata"]!["name"]!);

    private static JsonNode? Find(JsonNode? node, string pointer)
    {
        foreach (var step in pointer.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal)))
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list => int.TryParse(step, out var index) && index < list.Count ? list[index] : null,
                _ => null,
            };
        }
        return node;
    }

    private string? Text(string name) => (string?)step[name];

    private string Filled(string text, Func<string, string> escape)
    {
        var filled = new StringBuilder(text);
        foreach (var (name, value) in kept)
        {
            filled.Replace($"{{{name}}}", escape(value));
        }
        return filled.ToString();
    }
}
