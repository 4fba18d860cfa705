using System.Text.Json.Nodes;

namespace ModelGen;

/// <summary>Decides a field's presence and merge rules from its OpenAPI property and the hand-kept facts.</summary>
internal static class FieldFacts
{
    public static void Apply(Facts facts, ModelType type, ModelField field, JsonObject property, bool required)
    {
        JsonNode? @default = property["default"];
        bool isValueStruct = IsMessage(field) && @default is JsonObject;
        field.Required = required;
        field.Pointer = facts.Has("pointer", type, field.JsonName) || (IsMessage(field) && !isValueStruct);
        field.Always = facts.Has("always", type, field.JsonName) || (required && IsNullableMessage(field));
        field.OmitEmpty = required && @default is null && IsScalar(field) && !field.Always;
        field.Text = facts.Has("text", type, field.JsonName);
        field.Typed = facts.Has("typed", type, field.JsonName);
        field.OmitZero = type.Name == "ObjectMeta" && field.JsonName == "creationTimestamp";
        field.Default = DefaultOf(field, @default, required);
        field.ListType = (string?)property["x-kubernetes-list-type"];
        field.ListKeys = [.. property["x-kubernetes-list-map-keys"]?.AsArray().Select(k => (string)k!) ?? []];
        field.PatchStrategy = (string?)property["x-kubernetes-patch-strategy"];
        field.MergeKey = (string?)property["x-kubernetes-patch-merge-key"];
        field.MapType = (string?)property["x-kubernetes-map-type"];
        field.Format = FormatOf(field, property);
    }

    public static void ApplyExtra(Facts facts, ModelType type, ModelField field)
    {
        field.Required = facts.Has("required", type, field.JsonName);
        bool message = facts.Has("message", type, field.JsonName);
        field.Pointer = facts.Has("pointer", type, field.JsonName) || (IsMessage(field) && !message);
        field.Always = facts.Has("always", type, field.JsonName);
    }

    private static bool IsMessage(ModelField field) =>
        field.Shape == Shape.Single && field.TypeNamespace is not null and not "Sampan.Api";

    private static bool IsNullableMessage(ModelField field) => IsMessage(field) && field.Pointer;

    private static bool IsScalar(ModelField field) =>
        field.Shape == Shape.Single && field.Type is "string" or "int" or "long" or "bool" or "double";

    /// <summary>Zero values of required fields go without saying.</summary>
    private static string? DefaultOf(ModelField field, JsonNode? @default, bool required)
    {
        if (@default is null or JsonObject)
        {
            return null;
        }

        string text = @default.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)@default! : @default.ToJsonString();
        return required && text is "" or "0" or "false" && IsScalar(field) && required ? null : text;
    }

    /// <summary>Formats that the C# type implies go without saying.</summary>
    private static string? FormatOf(ModelField field, JsonObject property)
    {
        string? format = (string?)property["format"];
        return (field.Type, format) is ("int", "int32") or ("long", "int64") or ("byte[]", "byte") or ("double", "double") ? null : format;
    }
}
