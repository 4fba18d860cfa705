using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// Field sets in the FieldsV1 form: a level is an object, a member without children is {}, and "." marks one that has children.
/// <code>{"f:spec":{"f:ports":{".":{},"k:{\"port\":80}":{".":{},"f:port":{}}},"f:replicas":{}}}</code>
/// </summary>
internal static class FieldSetCodec
{
    private static readonly JsonEncodedText Self = JsonEncodedText.Encode(".");

    public static FieldsV1 Encode(FieldSet set) => new(JsonTree.Encode(set, static (writer, set) => Write(writer, set, false)));

    /// <summary>Throws <see cref="FormatException"/> for what is no field set.</summary>
    public static FieldSet Decode(FieldsV1 fields)
    {
        var reader = new Utf8JsonReader(JsonText.Repair(fields.Raw.Span), JsonReadContext.ReaderOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new FormatException("a field set is an object");
            }
            var set = Read(ref reader, out _);
            return reader.Read() ? throw new FormatException("something follows the field set") : set;
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static void Write(Utf8JsonWriter writer, FieldSet set, bool isMember)
    {
        writer.WriteStartObject();
        if (isMember && !set.IsEmpty)
        {
            writer.WriteStartObject(Self);
            writer.WriteEndObject();
        }
        foreach (ref readonly var entry in set.Entries)
        {
            writer.WritePropertyName(entry.Element.Text);
            Write(writer, entry.Children, entry.IsMember);
        }
        writer.WriteEndObject();
    }

    private static FieldSet Read(ref Utf8JsonReader reader, out bool isMember)
    {
        List<FieldEntry>? entries = null;
        isMember = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("."u8))
            {
                isMember = true;
                reader.Read();
                reader.Skip();
                continue;
            }
            var name = JsonScalars.ReadName(ref reader);
            if (PathElement.IsOfUnknownKind(name))
            {
                reader.Read();
                reader.Skip();
                continue;
            }
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !PathElement.IsValid(name))
            {
                throw new FormatException($"{name} is no step of a path");
            }
            var children = Read(ref reader, out var isEnd);
            (entries ??= []).Add(new FieldEntry(new PathElement(name), isEnd || children.IsEmpty, children));
        }
        return entries is null ? FieldSet.Empty : FieldSet.Of(Sorted(entries));
    }

    private static FieldEntry[] Sorted(List<FieldEntry> entries)
    {
        for (var i = 1; i < entries.Count; i++)
        {
            if (entries[i - 1].Element.CompareTo(entries[i].Element) >= 0)
            {
                return [.. entries.DistinctBy(entry => entry.Element).OrderBy(entry => entry.Element)];
            }
        }
        return [.. entries];
    }
}
