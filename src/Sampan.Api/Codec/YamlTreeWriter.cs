using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sampan.Api.Codec;

/// <summary>Writes JSON nodes as block style YAML: sorted keys, two spaces, list items level with their key.</summary>
internal sealed class YamlTreeWriter
{

    private readonly StringBuilder _text = new();

    public static string Write(JsonNode? node)
    {
        YamlTreeWriter writer = new();
        writer.WriteBlock(node, indent: 0);
        return writer._text.ToString();
    }

    private void WriteBlock(JsonNode? node, int indent)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map: WriteMap(map, indent, continuesLine: false); break;
            case JsonArray { Count: > 0 } list: WriteList(list, indent, continuesLine: false); break;
            default: WriteInline(node, indent); break;
        }
    }

    private void WriteMap(JsonObject map, int indent, bool continuesLine)
    {
        foreach ((string key, JsonNode? value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            _text.Append(' ', continuesLine ? 0 : indent);
            continuesLine = false;
            _text.Append(Scalar(key)).Append(':');
            WriteValue(value, indent);
        }
    }

    private void WriteValue(JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                _text.Append('\n');
                WriteMap(map, indent + 2, continuesLine: false);
                break;
            case JsonArray { Count: > 0 } list:
                _text.Append('\n');
                WriteList(list, indent, continuesLine: false);
                break;
            default:
                _text.Append(' ');
                WriteInline(value, indent + 2);
                break;
        }
    }

    private void WriteList(JsonArray list, int indent, bool continuesLine)
    {
        foreach (JsonNode? item in list)
        {
            _text.Append(' ', continuesLine ? 0 : indent).Append("- ");
            continuesLine = false;
            switch (item)
            {
                case JsonObject { Count: > 0 } map: WriteMap(map, indent + 2, continuesLine: true); break;
                case JsonArray { Count: > 0 } nested: WriteList(nested, indent + 2, continuesLine: true); break;
                default: WriteInline(item, indent + 2); break;
            }
        }
    }

    private void WriteInline(JsonNode? node, int indent)
    {
        switch (node)
        {
            case null: _text.Append("null\n"); break;
            case JsonObject: _text.Append("{}\n"); break;
            case JsonArray: _text.Append("[]\n"); break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String: WriteString(value.GetValue<string>(), indent); break;
            default: _text.Append(node.ToJsonString()).Append('\n'); break;
        }
    }

    private void WriteString(string value, int indent)
    {
        if (!CanBeLiteral(value))
        {
            _text.Append(Scalar(value)).Append('\n');
            return;
        }

        string trimmed = value.TrimEnd('\n');
        int breaks = value.Length - trimmed.Length;
        _text.Append(breaks switch { 0 => "|-\n", 1 => "|\n", _ => "|+\n" });
        foreach (string line in (breaks > 1 ? value[..^1] : trimmed).Split('\n'))
        {
            _text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        }
    }

    private static bool CanBeLiteral(string value) =>
        value.Contains('\n', StringComparison.Ordinal)
        && value[0] is not (' ' or '\n' or '\t')
        && value.All(c => c == '\n' || c == '\t' || (c >= ' ' && c < 0x7F) || (c >= 0xA0 && !char.IsSurrogate(c) && c is not ('\u2028' or '\u2029' or '\uFEFF')));

    private static string Scalar(string value)
    {
        if (value.Length == 0 || YamlScalars.Resolve(value) is not JsonValue resolved || !resolved.TryGetValue(out string? _)
            || value.Any(c => c < ' ' || c >= 0x7F) || value is "<<" or "=" || value[0] is '+' or '.')
        {
            return $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"".Replace("\u007f", "\\u007f", StringComparison.Ordinal);
        }

        return IsPlain(value) ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>A star after a space would be plain, too, but YamlDotNet takes it for an alias where it stands in a key.</summary>
    private static bool IsPlain(string value) =>
        value[0] is not ('!' or '&' or '*' or '?' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' or '{' or '}' or '[' or ']' or ',' or '#' or ':' or ' ')
        && !(value[0] == '-' && (value.Length == 1 || value[1] is ' ' or '-'))
        && value[^1] is not (' ' or ':')
        && !value.Contains(": ", StringComparison.Ordinal)
        && !value.Contains(" #", StringComparison.Ordinal)
        && !value.Contains(" *", StringComparison.Ordinal);
}
