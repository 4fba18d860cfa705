using System.Text.Json;
using Sampan.Api.Codec;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// Lays a configuration over an object: objects and maps field by field, lists that are maps or sets element by element, and every
/// other value as a whole.
/// </summary>
internal static class TreeMerge
{
    public static ReadOnlyMemory<byte> Merge(JsonElement live, JsonElement config, IStructure structure) =>
        JsonTree.Encode((live, config, structure), static (writer, given) => Properties(writer, given.live, given.config, given.structure));

    private static void Value(Utf8JsonWriter writer, JsonElement live, JsonElement config, IStructure? structure)
    {
        if (live.IsAbsent() || config.IsAbsent())
        {
            (config.IsAbsent() ? live : config).WriteTo(writer);
            return;
        }
        var isNull = config.ValueKind == JsonValueKind.Null;
        switch (isNull ? live.ValueKind : config.ValueKind)
        {
            case JsonValueKind.Object when structure is not ({ MapType: "atomic" } or { Shape: StructureShape.Scalar }):
                Properties(writer, live, config, structure);
                break;
            case JsonValueKind.Array when ListElements.IsAssociative(structure):
                Items(writer, live, config, structure!);
                break;
            default:
                config.WriteTo(writer);
                break;
        }
    }

    private static void Properties(Utf8JsonWriter writer, JsonElement live, JsonElement config, IStructure? structure)
    {
        var (own, wanted) = (new PropertyIndex(live), new PropertyIndex(config));
        writer.WriteStartObject();
        if (live.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in live.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                Value(writer, property.Value, wanted.Find(property), structure?.Field(property.Name));
            }
        }
        if (config.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in config.EnumerateObject().Where(property => own.Find(property).IsAbsent()))
            {
                property.WriteTo(writer);
            }
        }
        writer.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter writer, JsonElement live, JsonElement config, IStructure structure)
    {
        writer.WriteStartArray();
        foreach (var (own, wanted) in ListOrder.Pair(ListElements.Of(live, structure), ListElements.Of(config, structure)))
        {
            Value(writer, own, wanted, structure.Element);
        }
        writer.WriteEndArray();
    }
}
