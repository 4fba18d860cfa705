using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sampan.Client;

/// <summary>A patch body with its kind.</summary>
public sealed class Patch
{
    private Patch(string mediaType, ReadOnlyMemory<byte> body, bool force = false, string? fieldManager = null)
    {
        MediaType = mediaType;
        Body = body;
        Force = force;
        FieldManager = fieldManager;
    }

    public string MediaType { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Server-side apply only: take over fields that others manage.</summary>
    public bool Force { get; }

    public string? FieldManager { get; }

    /// <summary>RFC 6902: an array of operations.</summary>
    public static Patch Json(JsonArray operations) => new(MediaTypes.JsonPatch, Bytes(operations));

    /// <summary>RFC 7386: null removes a field.</summary>
    public static Patch Merge(JsonNode document) => new(MediaTypes.MergePatch, Bytes(document));

    /// <summary>Kubernetes' merge that follows merge keys of lists.</summary>
    public static Patch StrategicMerge(JsonNode document) => new(MediaTypes.StrategicMergePatch, Bytes(document));

    /// <summary>Server-side apply of a JSON tree.</summary>
    public static Patch Apply(JsonNode document, string fieldManager, bool force = false) =>
        new(MediaTypes.ApplyYaml, Bytes(document), force, fieldManager);

    /// <summary>Server-side apply of a typed object.</summary>
    public static Patch Apply<T>(T document, string fieldManager, bool force = false)
        where T : class, IObject<T> => new(MediaTypes.ApplyYaml, JsonCodec.Encode(document), force, fieldManager);

    public static Patch Raw(string mediaType, ReadOnlyMemory<byte> body, string? fieldManager = null, bool force = false) =>
        new(mediaType, body, force, fieldManager);

    private static byte[] Bytes(JsonNode node) => JsonTree.Encode(node);
}
