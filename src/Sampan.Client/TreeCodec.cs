using System.Text.Json.Nodes;

namespace Sampan.Client;

internal sealed class TreeCodec : IObjectCodec<JsonObject>
{
    public static readonly TreeCodec Instance = new();

    public ObjectForm Form => ObjectForm.Tree;

    public JsonObject Decode(ReadOnlySpan<byte> bytes, string mediaType) =>
        JsonNode.Parse(bytes) as JsonObject ?? throw new FormatException("the server's answer is not a JSON object");

    public JsonObject FromValue(object value) => (JsonObject)value;

    public ApiContent Content(JsonObject value) => ApiContent.Of(value);

    public ObjectKey Key(JsonObject value) => new(Meta(value, "namespace"), Meta(value, "name"));

    public string ResourceVersion(JsonObject value) => Meta(value, "resourceVersion");

    public string Uid(JsonObject value) => Meta(value, "uid");

    public bool IsDeleting(JsonObject value) => Meta(value, "deletionTimestamp").Length > 0;

    private static string Meta(JsonObject value, string field) => (string?)value["metadata"]?[field] ?? "";
}
