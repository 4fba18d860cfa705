using System.Text.Json.Nodes;

namespace Sampan.ApiServer.Tests.OpenApi;

/// <summary>Brings documents to a common form, without words and order, so that they can be compared.</summary>
internal static class OpenApiComparison
{
    /// <summary>A schema without descriptions; a reference that stands alone in a list stands for itself.</summary>
    public static JsonNode? Schema(JsonNode? node) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(Schema)]),
        JsonObject value => SchemaObject(value),
        _ => node?.DeepClone(),
    };

    /// <summary>method path → action, kind, parameters, body and answer.</summary>
    public static SortedDictionary<string, string> Operations(JsonNode document)
    {
        var operations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                if (method != "parameters")
                    operations[$"{method} {path}"] = Operation(document, item, operation!);
            }
        }

        return operations;
    }

    private static JsonObject SchemaObject(JsonObject value)
    {
        var result = new JsonObject();
        foreach (var (name, child) in value)
        {
            if (name == "description" && child is JsonValue)
                continue;
            if (name == "required" && child is JsonArray)
                result[name] = new JsonArray([.. child!.AsArray().Select(r => (string)r!).Order().Select(r => (JsonNode)r)]);
            else if (name == "allOf" && value["default"] is null && child is JsonArray { Count: 1 })
                result["$ref"] = child[0]!["$ref"]!.DeepClone();
            else
                result[name] = Schema(child);
        }

        return Sorted(result);
    }

    private static JsonObject Sorted(JsonObject value) =>
        new(value.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    private static string Operation(JsonNode document, JsonNode item, JsonNode operation)
    {
        var parameters = Parameters(document, item["parameters"]).Concat(Parameters(document, operation["parameters"])).Distinct().Order();
        var responses = operation["responses"]!.AsObject()
            .Select(r => $"{r.Key}:{Answer(r.Value!)}").Order();
        var kind = operation["x-kubernetes-group-version-kind"];
        return $"{operation["operationId"]} {operation["x-kubernetes-action"]} {kind?["group"]}/{kind?["version"]}/{kind?["kind"]} "
            + $"{string.Join('+', operation["tags"]!.AsArray())} ({string.Join(' ', parameters)}) [{string.Join(' ', responses)}] {Content(operation["requestBody"])}";
    }

    private static IEnumerable<string> Parameters(JsonNode document, JsonNode? parameters)
    {
        foreach (var listed in parameters?.AsArray() ?? [])
        {
            var parameter = listed!["$ref"] is { } reference
                ? document["parameters"]![((string)reference!)["#/parameters/".Length..]]!
                : listed;
            var schema = parameter["schema"];
            yield return $"{parameter["in"]}:{parameter["name"]}:{parameter["type"] ?? schema!["type"] ?? schema["$ref"]}{(parameter["required"] is null ? "" : "!")}";
        }
    }

    private static string Answer(JsonNode response) =>
        response["schema"] is { } schema ? (schema["$ref"] ?? schema["type"])!.ToString() : Content(response);

    /// <summary>This server does not write CBOR.</summary>
    private static string Content(JsonNode? body)
    {
        if (body?["content"] is not JsonObject content)
            return "";
        var types = content.Where(c => !c.Key.Contains("cbor", StringComparison.Ordinal))
            .Select(c => $"{c.Key}={c.Value!["schema"]?["$ref"] ?? c.Value["schema"]?["type"]}").Order();
        return $"{string.Join(',', types)}{body["required"]}";
    }
}
