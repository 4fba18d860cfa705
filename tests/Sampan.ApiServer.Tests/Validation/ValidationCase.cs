using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Tests.Validation;

/// <summary>
/// One case of a file. A file holds an object that is good as it stands, and cases that change it:
/// <code>
/// object: {apiVersion: v1, kind: ConfigMap, metadata: {name: m}}
/// cases:
/// - name: a key that is no file name     # created after the merge patch (or the list of JSON patch operations) in set
///   set: {data: {a/b: x}}
///   errors: |                            # the causes, a line each: field: message
///     data[a/b]: Invalid value: ...
/// - name: frozen                         # an update: old is stored as it is (only defaulted), update is what the client sends
///   old: {immutable: true}
///   update: {data: {k: v}}
///   subresource: status                  # where it is sent, if not to the object itself
/// - name: defaults
///   result: {kind: ConfigMap}            # a part of what is answered; null for what must not be there
///   warnings: |
///     a line each
/// - name: sent to a subresource that acts
///   old: {}
///   post: {kind: Binding, ...}
///   refused: 409 the message
/// </code>
/// </summary>
internal sealed class ValidationCase(string title, JsonObject file, JsonObject node)
{
    public string Title => title;

    /// <summary>What is sent: the new object, the patch, or the action's body.</summary>
    public JsonNode Body => Update ?? node["post"] ?? Object("set");

    public JsonNode? Update => node["update"];

    public bool IsAction => node.ContainsKey("post");

    /// <summary>What is stored before; null for a creation.</summary>
    public JsonObject? Old => Update is not null || IsAction ? Object("old") : null;

    public string Subresource => (string?)node["subresource"] ?? "";

    public string Errors => Lines("errors") ?? "";

    public string? Warnings => Lines("warnings");

    public string? Refused => ((string?)node["refused"])?.Trim();

    public JsonNode? Result => node["result"];

    /// <summary>The object that every case of the file starts from.</summary>
    public JsonObject Base => (JsonObject)file["object"]!;

    public static IEnumerable<ValidationCase> Read(string path, string title)
    {
        var file = (JsonObject)YamlTree.Parse(File.ReadAllText(path))!;
        return file["cases"]!.AsArray().Select(node => new ValidationCase($"{title}: {(string)node!["name"]!}", file, (JsonObject)node));
    }

    private JsonObject Object(string change)
    {
        var document = (JsonObject)Base.DeepClone();
        if (node[change] is JsonArray operations)
        {
            return (JsonObject)JsonPatch.Apply(document, JsonTree.Encode(operations));
        }
        if (node[change] is JsonObject { Count: > 0 } patch)
        {
            JsonMergePatch.Apply(document, JsonTree.Encode(patch));
        }
        return document;
    }

    private string? Lines(string name) => ((string?)node[name])?.Trim();
}
