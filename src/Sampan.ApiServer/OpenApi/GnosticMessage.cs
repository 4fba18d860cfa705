using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.OpenApi;

/// <summary>Writes one value of a JSON document as a protobuf field.</summary>
internal delegate void GnosticField(ProtoWriter writer, JsonElement value);

/// <summary>
/// How a JSON object of an OpenAPI document becomes a protobuf message of gnostic's: a field for each known property,
/// and one for all whose names begin with <c>x-</c>.
/// </summary>
internal sealed class GnosticMessage(int extensions)
{
    private readonly Dictionary<string, GnosticField> _fields = new(StringComparer.Ordinal);

    public GnosticField this[string property]
    {
        set => _fields[property] = value;
    }

    public void Write(ProtoWriter writer, JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (_fields.TryGetValue(property.Name, out var field))
                field(writer, property.Value);
            else if (property.Name.StartsWith("x-", StringComparison.Ordinal))
                WriteNamedAny(writer, property);
            else
                throw new InvalidOperationException($"an OpenAPI document has the unexpected property {property.Name}");
        }
    }

    public static GnosticField Text(int number) => (writer, value) => writer.WriteString(number, value.GetString());

    public static GnosticField Flag(int number) => (writer, value) => writer.WriteBool(number, value.GetBoolean());

    public static GnosticField Texts(int number) => (writer, value) =>
    {
        foreach (var item in value.EnumerateArray())
            writer.WriteString(number, item.GetString());
    };

    public static GnosticField Any(int number) => (writer, value) =>
    {
        var mark = writer.BeginMessage(number);
        WriteAny(writer, value);
        writer.EndMessage(mark);
    };

    public static GnosticField One(int number, Func<GnosticField> body) => (writer, value) =>
    {
        var mark = writer.BeginMessage(number);
        body()(writer, value);
        writer.EndMessage(mark);
    };

    public static GnosticField Many(int number, Func<GnosticField> body) => (writer, value) =>
    {
        foreach (var item in value.EnumerateArray())
            One(number, body)(writer, item);
    };

    /// <summary>A map as a list of messages of a name (1) and a value (2).</summary>
    public static GnosticField Named(int number, Func<GnosticField> body) => (writer, value) =>
    {
        foreach (var property in value.EnumerateObject())
        {
            var mark = writer.BeginMessage(number);
            writer.WriteString(1, property.Name);
            One(2, body)(writer, property.Value);
            writer.EndMessage(mark);
        }
    };

    private void WriteNamedAny(ProtoWriter writer, JsonProperty property)
    {
        var mark = writer.BeginMessage(extensions);
        writer.WriteString(1, property.Name);
        var any = writer.BeginMessage(2);
        WriteAny(writer, property.Value);
        writer.EndMessage(any);
        writer.EndMessage(mark);
    }

    /// <summary>A free value travels as YAML, of which JSON is a part.</summary>
    private static void WriteAny(ProtoWriter writer, JsonElement value) => writer.WriteString(2, value.GetRawText() + "\n");
}
