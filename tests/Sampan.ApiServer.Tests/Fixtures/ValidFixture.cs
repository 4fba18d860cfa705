using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Tests.Fixtures;

/// <summary>A fixture with the changes of valid.yaml, which make it an object that is accepted, with as many fields as possible.</summary>
internal static class ValidFixture
{
    private static readonly JsonObject Changes = (JsonObject)YamlTree.Parse(File.ReadAllText(Root()))!;

    /// <summary>Kinds whose fields have to fit each other too closely for any fixture; their sample stands for them.</summary>
    public static bool IsSkipped(string name) => Changes["kinds"]![name] is JsonValue;

    public static JsonObject Of(string name, KindInfo kind)
    {
        var text = FixtureForms.Load(kind).Json;
        foreach (var (word, valid) in Changes["words"]!.AsObject())
        {
            text = text.Replace($"\"{word}\"", $"\"{(string)valid!}\"", StringComparison.Ordinal);
        }
        var obj = (JsonObject)JsonNode.Parse(text)!;
        obj.Remove("status");
        if (Changes["kinds"]![name] is not JsonObject changes)
        {
            return obj;
        }
        if ((string?)changes["template"] is { } template)
        {
            var pod = template.Length == 0 ? obj : (JsonObject)At(obj, template)!;
            Apply(pod, Changes["pod"]!.AsObject());
            pod["spec"]!["restartPolicy"] = changes.ContainsKey("once") ? "Never" : "Always";
        }
        Apply(obj, changes);
        return obj;
    }

    private static void Apply(JsonObject obj, JsonObject changes)
    {
        foreach (var (path, value) in changes)
        {
            switch (path)
            {
                case "template" or "once":
                    break;
                case "metadata":
                    Merge(obj["metadata"]!.AsObject(), value!.AsObject());
                    break;
                case "only":
                    Keep(obj["spec"]!.AsObject(), value!["spec"]!.AsArray());
                    break;
                default:
                    Set(obj, path, value?.DeepClone());
                    break;
            }
        }
    }

    private static void Merge(JsonObject metadata, JsonObject given)
    {
        foreach (var (key, value) in given)
        {
            metadata[key] = value!.DeepClone();
        }
    }

    private static void Keep(JsonObject spec, JsonArray names)
    {
        var kept = names.Select(name => (string)name!).ToHashSet();
        foreach (var name in spec.Select(field => field.Key).Where(name => !kept.Contains(name)).ToList())
        {
            spec.Remove(name);
        }
    }

    private static void Set(JsonObject obj, string path, JsonNode? value)
    {
        var split = path.LastIndexOf('.');
        var (parent, last) = split < 0 ? (obj, path) : (At(obj, path[..split])!, path[(split + 1)..]);
        if (last.EndsWith(']'))
        {
            var open = last.IndexOf('[', StringComparison.Ordinal);
            parent[last[..open]]![int.Parse(last[(open + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else if (value is null)
        {
            parent.AsObject().Remove(last);
        }
        else
        {
            parent[last] = value;
        }
    }

    private static JsonNode? At(JsonNode node, string path)
    {
        foreach (var step in path.Split('.'))
        {
            var open = step.IndexOf('[', StringComparison.Ordinal);
            node = open < 0 ? node[step]! : node[step[..open]]![int.Parse(step[(open + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)]!;
        }
        return node;
    }

    private static string Root([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "valid.yaml");
}
