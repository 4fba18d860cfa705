using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>
/// Values as upstream's server shows them in errors: with the fields of its own internal types, which have Go's names, an order of their
/// own, and are there when empty. A key selector <c>{"key":"a"}</c> is shown as <c>{"Name":"","Key":"a","Optional":null}</c>.
/// </summary>
public static class GoJson
{
    private const string MetaTypes = "io.k8s.apimachinery.";

    /// <summary>What to write instead of the value: trees for the model's types, the value itself for others.</summary>
    public static object? Of(object? value) => value switch
    {
        IModel model => Tree(model),
        string or JsonNode or IDictionary or byte[] => value,
        IEnumerable list => list.Cast<object?>().Select(Of).ToList(),
        _ => value,
    };

    public static JsonObject Tree(IModel model)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output, JsonTree.WriterOptions))
        {
            model.WriteJson(writer);
        }
        return Object(model.ModelSchema, JsonTree.ParseObject(output.WrittenSpan));
    }

    /// <summary>One line per field, indented by one blank.</summary>
    public static string Indented(object? value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, JsonTree.WriterOptions with { Indented = true, IndentSize = 1, NewLine = "\n" }))
        {
            JsonTree.WriteAny(writer, Of(value));
        }
        return Escape(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>Go's encoder escapes what HTML would read, which JSON has in texts only.</summary>
    public static string Escape(string json) =>
        json.Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);

    /// <param name="schema">The type.</param>
    /// <param name="wire">The value on the wire; empty for the type's zero.</param>
    private static JsonObject Object(TypeSchema schema, JsonObject wire)
    {
        if (schema.IsAnyJson || schema.Name.StartsWith(MetaTypes, StringComparison.Ordinal))
        {
            // These are upstream's own types on the wire, too.
            return (JsonObject)wire.DeepClone();
        }
        var shown = new JsonObject();
        foreach (var field in GoNames.Order(schema))
        {
            if (field.Name == "metadata" && field.Object?.Name.EndsWith(".ObjectMeta", StringComparison.Ordinal) == true)
            {
                Inline(shown, wire[field.Name] as JsonObject);
                continue;
            }
            shown[GoNames.Of(schema, field)] = Value(schema, field, wire[field.Name]);
        }
        if (GoNames.HostFieldsMove(schema))
        {
            shown["SecurityContext"] = PodSecurity(schema, wire);
        }
        return shown;
    }

    private static void Inline(JsonObject shown, JsonObject? embedded)
    {
        foreach (var (name, value) in embedded ?? [])
        {
            shown[name] = value?.DeepClone();
        }
    }

    private static JsonNode? Value(TypeSchema owner, FieldSchema field, JsonNode? wire) => (field.Shape, wire, field.Object) switch
    {
        (FieldShape.Single, null, _) => Zero(owner, field),
        (_, null, _) => null,
        (FieldShape.Single, JsonObject value, { } type) => Object(type, value),
        (FieldShape.List, JsonArray list, { } type) => new JsonArray([.. list.Select(one => (JsonNode?)Object(type, one as JsonObject ?? []))]),
        (FieldShape.Map, JsonObject map, { } type) =>
            new JsonObject(map.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)Object(type, one.Value as JsonObject ?? [])))),
        _ => wire.DeepClone(),
    };

    private static JsonNode? Zero(TypeSchema owner, FieldSchema field) => GoNames.IsNullWhenAbsent(owner, field) ? null : field.Type switch
    {
        FieldType.String => "",
        FieldType.Int32 or FieldType.Int64 or FieldType.Double or FieldType.IntOrString => 0,
        FieldType.Boolean => false,
        FieldType.Quantity => "0",
        FieldType.Duration => "0s",
        FieldType.Object => Object(field.Object!, []),
        _ => null,
    };

    /// <summary>What the wire keeps in the pod's spec is part of the security context inside upstream's server.</summary>
    private static JsonObject PodSecurity(TypeSchema pod, JsonObject wire)
    {
        var shown = new JsonObject();
        foreach (var name in GoNames.HostFields)
        {
            var field = pod.Find(name)!;
            shown[GoNames.Of(pod, field)] = Value(pod, field, wire[name]);
        }
        var own = pod.Find("securityContext")!.Object!;
        foreach (var (name, value) in Object(own, wire["securityContext"] as JsonObject ?? []).ToList())
        {
            shown[name] = value?.DeepClone();
        }
        return shown;
    }
}
