using System.Text.Json;
using Sampan.Api.Codec;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>Takes fields out of an object; a list or object that has nothing left goes with its content.</summary>
internal static class TreePruning
{
    public static ReadOnlyMemory<byte> Remove(ReadOnlyMemory<byte> json, FieldSet removed, IStructure structure)
    {
        using var document = JsonDocument.Parse(json, JsonTexts.DocumentOptions);
        return JsonTree.Encode((document.RootElement, removed, structure), static (writer, given) => Value(writer, given.RootElement, given.removed, given.structure));
    }

    private static void Value(Utf8JsonWriter writer, JsonElement value, FieldSet removed, IStructure? structure)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when !removed.IsEmpty:
                Properties(writer, value, removed, structure);
                break;
            case JsonValueKind.Array when !removed.IsEmpty && ListElements.IsAssociative(structure):
                Items(writer, value, removed, structure!);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void Properties(Utf8JsonWriter writer, JsonElement value, FieldSet removed, IStructure? structure)
    {
        writer.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            var below = structure?.Field(property.Name);
            var entry = removed.Find(PathElement.Field(property.Name));
            if (Survives(property.Value, entry, below))
            {
                writer.WritePropertyName(property.Name);
                Value(writer, property.Value, entry?.Children ?? FieldSet.Empty, below);
            }
        }
        writer.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter writer, JsonElement value, FieldSet removed, IStructure structure)
    {
        writer.WriteStartArray();
        foreach (var (step, item) in ListElements.Of(value, structure))
        {
            var entry = removed.Find(step);
            if (entry is not { IsMember: true })
            {
                Value(writer, item, entry?.Children ?? FieldSet.Empty, structure.Element);
            }
        }
        writer.WriteEndArray();
    }

    private static bool Survives(JsonElement value, FieldEntry? entry, IStructure? structure)
    {
        if (entry is not { } found)
        {
            return true;
        }
        return !found.IsMember && (found.Children.IsEmpty || value.IsEmpty() || !LosesAll(value, found.Children, structure));
    }

    private static bool LosesAll(JsonElement value, FieldSet removed, IStructure? structure) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(property => removed.Find(PathElement.Field(property.Name)) is { IsMember: true }),
        JsonValueKind.Array when ListElements.IsAssociative(structure) =>
            ListElements.Of(value, structure!).All(entry => removed.Find(entry.Step) is { IsMember: true }),
        _ => false,
    };
}
