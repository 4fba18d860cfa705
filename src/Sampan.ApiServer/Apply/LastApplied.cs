using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// What client-side apply left in an annotation. The one applier "kubectl" may take over the fields that it set there, and keeps the
/// annotation up to date, so that client-side apply still works afterwards.
/// </summary>
internal static class LastApplied
{
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const string Migrating = "kubectl";
    private const int MaxLength = 256 * 1024;

    /// <summary>The fields whose value is still what client-side apply set.</summary>
    public static FieldSet FieldsIn(JsonElement live, FieldOwner owner, IStructure structure)
    {
        if (owner.Manager != Migrating || TextIn(live) is not { } text)
        {
            return FieldSet.Empty;
        }
        try
        {
            using var applied = JsonDocument.Parse(text, JsonTexts.DocumentOptions);
            if (applied.RootElement.ValueKind != JsonValueKind.Object || !IsSameVersion(applied.RootElement, live))
            {
                return FieldSet.Empty;
            }
            var difference = TreeComparer.Compare(applied.RootElement, live, structure, FieldSet.Empty);
            return TreeFields.Of(applied.RootElement, structure).Difference(difference.Changed).Difference(difference.Removed);
        }
        catch (JsonException)
        {
            return FieldSet.Empty;
        }
    }

    /// <summary>Writes the new configuration into the annotation, where there is one.</summary>
    public static void Renew(IObject obj, ReadOnlySpan<byte> config, FieldOwner owner)
    {
        if (owner.Manager != Migrating || obj.Metadata.Annotations?.ContainsKey(Annotation) != true)
        {
            return;
        }
        var tree = JsonTree.ParseObject(config);
        ((tree["metadata"] as JsonObject)?["annotations"] as JsonObject)?.Remove(Annotation);
        var text = Encoding.UTF8.GetString(JsonTree.Encode(tree)) + "\n";
        if (text.Length > MaxLength)
        {
            obj.Metadata.Annotations.Remove(Annotation);
            return;
        }
        obj.Metadata.Annotations[Annotation] = text;
    }

    /// <summary>Fields of another version are other fields.</summary>
    private static bool IsSameVersion(JsonElement applied, JsonElement live) =>
        applied.Get("apiVersion") is { ValueKind: JsonValueKind.String } version && version.ValueEquals(live.Get("apiVersion").GetString());

    private static string? TextIn(JsonElement live) =>
        live.Get("metadata").Get("annotations").Get(Annotation) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
