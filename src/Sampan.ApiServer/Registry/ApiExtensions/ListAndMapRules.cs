using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>Checks of how lists and maps of a schema are merged: their types and keys.</summary>
internal static class ListAndMapRules
{
    public static void Check(JSONSchemaProps schema, FieldPath path, FieldErrors errors)
    {
        Type(schema, schema.XKubernetesMapType, "object", "x-kubernetes-map-type", path, errors);
        Supported(schema.XKubernetesMapType, path.Child("x-kubernetes-map-type"), errors, "atomic", "granular");
        Type(schema, schema.XKubernetesListType, "array", "x-kubernetes-list-type", path, errors);
        if (schema is { XKubernetesListType: "set", Type: "array", Items.Schema: { } item })
        {
            SetItem(item, path.Child("items"), errors);
        }
        Supported(schema.XKubernetesListType, path.Child("x-kubernetes-list-type"), errors, "atomic", "set", "map");
        if (schema.XKubernetesListMapKeys.OrEmpty().Count > 0 && schema.XKubernetesListType is null)
        {
            errors.Required(path.Child("x-kubernetes-list-type"), "must be map if x-kubernetes-list-map-keys is non-empty");
        }
        else if (schema.XKubernetesListMapKeys.OrEmpty().Count > 0 && schema.XKubernetesListType != "map")
        {
            errors.Invalid(
                path.Child("x-kubernetes-list-type"), schema.XKubernetesListType, "must be map if x-kubernetes-list-map-keys is non-empty");
        }
        if (schema.XKubernetesListType == "map")
        {
            MapList(schema, path, errors);
        }
        if (schema.XKubernetesListType is "map" or "set" && schema.Items?.Schema is { } element)
        {
            Keys(schema, element, path.Child("items"), errors);
        }
    }

    private static void Type(JSONSchemaProps schema, string? given, string type, string extension, FieldPath path, FieldErrors errors)
    {
        if (given is null || schema.Type == type)
        {
            return;
        }
        var detail = $"must be {type} if {extension} is specified";
        if (string.IsNullOrEmpty(schema.Type))
        {
            errors.Required(path.Child("type"), detail);
        }
        else
        {
            errors.Invalid(path.Child("type"), schema.Type, detail);
        }
    }

    private static void Supported(string? value, FieldPath path, FieldErrors errors, params string[] values) =>
        Validation.FieldChecks.OneOf(path, value, errors, values);

    private static void SetItem(JSONSchemaProps item, FieldPath path, FieldErrors errors)
    {
        const string Atomic = "must be atomic as item of a list with x-kubernetes-list-type=set";
        if (item.Type == "array" && item.XKubernetesListType is not (null or "atomic"))
        {
            errors.Invalid(path.Child("x-kubernetes-list-type"), item.XKubernetesListType, Atomic);
        }
        else if (item.Type == "object" && item.XKubernetesMapType != "atomic")
        {
            errors.Invalid(path.Child("x-kubernetes-map-type"), item.XKubernetesListType, Atomic);
        }
    }

    private static void MapList(JSONSchemaProps schema, FieldPath path, FieldErrors errors)
    {
        var keys = schema.XKubernetesListMapKeys.OrEmpty();
        if (keys.Count == 0)
        {
            errors.Required(path.Child("x-kubernetes-list-map-keys"), "must not be empty if x-kubernetes-list-type is map");
        }
        if (schema.Items is null)
        {
            errors.Required(path.Child("items"), "must have a schema if x-kubernetes-list-type is map");
        }
        if (schema.Items?.Schema is not { } item)
        {
            return;
        }
        if (item.Type != "object")
        {
            errors.Invalid(path.Child("items").Child("type"), item.Type ?? "", "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        var seen = new HashSet<string>();
        foreach (var (index, key) in keys.Index())
        {
            if (!item.Properties.OrEmpty().TryGetValue(key, out var property))
            {
                errors.Invalid(path.Child("x-kubernetes-list-map-keys"), keys, "entries must all be names of item properties");
            }
            else if (property.Type is "array" or "object")
            {
                errors.Invalid(
                    path.Child("items").Child("properties").Key(key).Child("type"), item.Type,
                    "must be a scalar type if parent array's x-kubernetes-list-type is map");
            }
            if (!seen.Add(key))
            {
                errors.Invalid(path.Child("x-kubernetes-list-map-keys"), keys, "must not contain duplicate entries");
            }
        }
    }

    private static void Keys(JSONSchemaProps schema, JSONSchemaProps item, FieldPath path, FieldErrors errors)
    {
        if (item.Nullable)
        {
            errors.Forbidden(path.Child("nullable"), $"cannot be nullable when x-kubernetes-list-type is {schema.XKubernetesListType}");
        }
        var required = item.Required.OrEmpty().ToHashSet();
        foreach (var key in schema.XKubernetesListType == "map" ? schema.XKubernetesListMapKeys.OrEmpty() : [])
        {
            if (!item.Properties.OrEmpty().TryGetValue(key, out var property))
            {
                continue;
            }
            var at = path.Child("properties").Key(key);
            if (!required.Contains(key) && property.Default is not { IsEmpty: false })
            {
                errors.Required(
                    at.Child("default"), "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
            }
            if (property.Nullable)
            {
                errors.Forbidden(at.Child("nullable"), "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
            }
        }
    }
}
