namespace Sampan.ApiServer.Http.Negotiation;

/// <summary>The media types of API objects.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Yaml = "application/yaml";
    public const string Protobuf = "application/vnd.kubernetes.protobuf";
    public const string JsonWatch = "application/json;stream=watch";
    public const string ProtobufWatch = "application/vnd.kubernetes.protobuf;stream=watch";

    public const string JsonPatch = "application/json-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";

    public static IReadOnlyList<string> Accepted { get; } = [Json, Yaml, Protobuf];

    public static IReadOnlyList<string> AcceptedWatches { get; } = [JsonWatch, ProtobufWatch];

    public static IReadOnlyList<string> AcceptedPatches { get; } = [JsonPatch, MergePatch, StrategicMergePatch, ApplyPatch];

    /// <summary>A Content-Type without its parameters, in lower case.</summary>
    public static string Essence(string? contentType)
    {
        var end = contentType?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return (end < 0 ? contentType ?? "" : contentType![..end]).Trim().ToLowerInvariant();
    }
}
