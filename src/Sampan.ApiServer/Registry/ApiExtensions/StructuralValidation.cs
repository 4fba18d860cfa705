using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>
/// Checks that a schema is structural. Under allOf, anyOf, oneOf and not only values are restricted; what fields there are is said
/// outside of them.
/// </summary>
internal sealed class StructuralValidation(FieldErrors errors)
{
    private enum Level
    {
        Root,
        Item,
        Field,
    }

    public void Validate(JSONSchemaProps root, FieldPath path)
    {
        Invariants(root, Level.Root, path);
        Completeness(root, root, path);
    }

    private void Invariants(JSONSchemaProps? schema, Level level, FieldPath path)
    {
        if (schema is null)
        {
            return;
        }
        if (schema.Type == "array" && schema.Items?.Schema is null)
        {
            errors.Required(path.Child("items"), "must be specified");
        }
        Invariants(schema.Items?.Schema, Level.Item, path.Child("items"));
        foreach (var (name, property) in schema.Properties.OrEmpty())
        {
            Invariants(property, Level.Field, path.Child("properties").Key(name));
        }
        if (schema.AdditionalProperties is { } additional)
        {
            Forbid(level == Level.Root, path.Child("additionalProperties"), "must not be used at the root");
            Forbid(
                schema.XKubernetesEmbeddedResource, path.Child("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set");
            Invariants(additional.Schema, Level.Field, path.Child("additionalProperties"));
        }
        Extensions(schema, path);
        Values(schema, IsIntOrString(schema.AnyOf), IsIntOrString(schema.AllOf.OrEmpty().FirstOrDefault()?.AnyOf), path);
        Type(schema, level, path);
        Metadata(schema, level, path);
    }

    private void Extensions(JSONSchemaProps schema, FieldPath path)
    {
        const string NotBoth = "must be false if x-kubernetes-int-or-string is true";
        if (schema.XKubernetesIntOrString && schema.XKubernetesPreserveUnknownFields == true)
        {
            errors.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), true, NotBoth);
        }
        if (schema.XKubernetesIntOrString && schema.XKubernetesEmbeddedResource)
        {
            errors.Invalid(path.Child("x-kubernetes-embedded-resource"), true, NotBoth);
        }
        if (schema.XKubernetesEmbeddedResource && schema.XKubernetesPreserveUnknownFields != true && schema.Properties.OrEmpty().Count == 0)
        {
            errors.Required(
                path.Child("properties"),
                "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
        }
    }

    private void Type(JSONSchemaProps schema, Level level, FieldPath path)
    {
        const string Embedded = "must be object if x-kubernetes-embedded-resource is true";
        var (type, at) = (schema.Type ?? "", path.Child("type"));
        if (schema.XKubernetesEmbeddedResource && type.Length == 0)
        {
            errors.Required(at, Embedded);
        }
        else if (schema.XKubernetesEmbeddedResource && type != "object")
        {
            errors.Invalid(at, type, Embedded);
        }
        else if (type.Length == 0 && !schema.XKubernetesIntOrString && schema.XKubernetesPreserveUnknownFields != true)
        {
            errors.Required(at, level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            });
        }
        if (level == Level.Root && type.Length > 0 && type != "object")
        {
            errors.Invalid(at, type, "must be object at the root");
        }
    }

    /// <summary>Metadata is implicit: a schema may restrict the name, at the root, and nothing else.</summary>
    private void Metadata(JSONSchemaProps schema, Level level, FieldPath path)
    {
        var properties = schema.Properties.OrEmpty();
        if (level != Level.Root && !schema.XKubernetesEmbeddedResource)
        {
            return;
        }
        foreach (var name in (string[])["kind", "apiVersion"])
        {
            if (properties.TryGetValue(name, out var text) && text.Type != "string")
            {
                errors.Invalid(path.Child("properties").Key(name).Child("type"), text.Type ?? "", "must be string");
            }
        }
        if (!properties.TryGetValue("metadata", out var metadata))
        {
            return;
        }
        var at = path.Child("properties").Key("metadata");
        if (metadata.Type != "object")
        {
            errors.Invalid(at.Child("type"), metadata.Type ?? "", "must be object");
        }
        var rest = metadata.DeepClone();
        (rest.Type, rest.Default) = (null, null);
        if (rest.Properties.OrEmpty().Keys.All(name => name is "name" or "generateName"))
        {
            rest.Properties = null;
        }
        Forbid(
            level == Level.Root && !rest.DeepEquals(new JSONSchemaProps()), at,
            "must not specify anything other than name and generateName, but metadata is implicitly specified");
    }

    private void Values(JSONSchemaProps schema, bool skipAnyOf, bool skipFirstAllOf, FieldPath path)
    {
        foreach (var (index, nested) in (skipAnyOf ? null : schema.AnyOf).OrEmpty().Index())
        {
            Nested(nested, false, path.Child("anyOf").Index(index));
        }
        foreach (var (index, nested) in schema.AllOf.OrEmpty().Index())
        {
            Nested(nested, skipFirstAllOf && index == 0, path.Child("allOf").Index(index));
        }
        foreach (var (index, nested) in schema.OneOf.OrEmpty().Index())
        {
            Nested(nested, false, path.Child("oneOf").Index(index));
        }
        Nested(schema.Not, false, path.Child("not"));
        if (schema.Pattern is { Length: > 0 } pattern && !IsPattern(pattern, out var wrong))
        {
            errors.Invalid(path.Child("pattern"), pattern, $"must be a valid regular expression, but isn't: {wrong}");
        }
    }

    private void Nested(JSONSchemaProps? schema, bool skipAnyOf, FieldPath path)
    {
        if (schema is null)
        {
            return;
        }
        Values(schema, skipAnyOf, false, path);
        Nested(schema.Items?.Schema, false, path.Child("items"));
        foreach (var (name, property) in schema.Properties.OrEmpty())
        {
            Nested(property, false, path.Child("properties").Key(name));
        }
        Forbid(!string.IsNullOrEmpty(schema.Type), path.Child("type"), "must be empty to be structural");
        Forbid(schema.AdditionalProperties is not null, path.Child("additionalProperties"), "must be undefined to be structural");
        Forbid(schema.Default is { IsEmpty: false }, path.Child("default"), "must be undefined to be structural");
        Forbid(!string.IsNullOrEmpty(schema.Title), path.Child("title"), "must be empty to be structural");
        Forbid(!string.IsNullOrEmpty(schema.Description), path.Child("description"), "must be empty to be structural");
        Forbid(schema.Nullable, path.Child("nullable"), "must be false to be structural");
        Forbid(
            schema.XKubernetesPreserveUnknownFields == true, path.Child("x-kubernetes-preserve-unknown-fields"), "must be false to be structural");
        Forbid(schema.XKubernetesEmbeddedResource, path.Child("x-kubernetes-embedded-resource"), "must be false to be structural");
        Forbid(schema.XKubernetesIntOrString, path.Child("x-kubernetes-int-or-string"), "must be false to be structural");
        Forbid(schema.XKubernetesListMapKeys.OrEmpty().Count > 0, path.Child("x-kubernetes-list-map-keys"), "must be empty to be structural");
        Forbid(schema.XKubernetesListType is not null, path.Child("x-kubernetes-list-type"), "must be undefined to be structural");
        Forbid(schema.XKubernetesMapType is not null, path.Child("x-kubernetes-map-type"), "must be undefined to be structural");
        Forbid(schema.XKubernetesValidations.OrEmpty().Count > 0, path.Child("x-kubernetes-validations"), "must be empty to be structural");
        Forbid(
            schema.Properties.OrEmpty().ContainsKey("metadata"), path.Child("properties").Key("metadata"),
            "must not be specified in a nested context");
    }

    /// <summary>What a junctor speaks of is also described outside of it.</summary>
    private void Completeness(JSONSchemaProps values, JSONSchemaProps? structure, FieldPath path)
    {
        foreach (var (nested, at) in Junctors(values, path))
        {
            CompleteNested(nested, structure, path, at);
        }
        if (ReferenceEquals(values, structure))
        {
            foreach (var (name, property) in values.Properties.OrEmpty())
            {
                Completeness(property, property, path.Child("properties").Key(name));
            }
            if (values.Items?.Schema is { } item)
            {
                Completeness(item, item, path.Child("items"));
            }
            if (values.AdditionalProperties?.Schema is { } additional)
            {
                Completeness(additional, additional, path.Child("additionalProperties"));
            }
        }
    }

    private void CompleteNested(JSONSchemaProps nested, JSONSchemaProps? structure, FieldPath outer, FieldPath path)
    {
        foreach (var (junctor, at) in Junctors(nested, path))
        {
            CompleteNested(junctor, structure, outer, at);
        }
        if (nested.Items?.Schema is { } item)
        {
            Require(structure?.Items?.Schema, outer.Child("items"), path.Child("items"));
            CompleteNested(item, structure?.Items?.Schema, outer.Child("items"), path.Child("items"));
        }
        foreach (var (name, property) in nested.Properties.OrEmpty())
        {
            var found = structure?.Properties.OrEmpty().GetValueOrDefault(name);
            var (outerAt, at) = (outer.Child("properties").Key(name), path.Child("properties").Key(name));
            Require(found, outerAt, at);
            CompleteNested(property, found, outerAt, at);
        }
    }

    private void Require(JSONSchemaProps? found, FieldPath wanted, FieldPath because)
    {
        if (found is null)
        {
            errors.Required(wanted, $"because it is defined in {because}");
        }
    }

    private static IEnumerable<(JSONSchemaProps Schema, FieldPath Path)> Junctors(JSONSchemaProps schema, FieldPath path) =>
    [
        .. schema.AllOf.OrEmpty().Select((one, index) => (one, path.Child("allOf").Index(index))),
        .. schema.AnyOf.OrEmpty().Select((one, index) => (one, path.Child("anyOf").Index(index))),
        .. schema.OneOf.OrEmpty().Select((one, index) => (one, path.Child("oneOf").Index(index))),
        .. schema.Not is { } not ? [(not, path.Child("not"))] : Array.Empty<(JSONSchemaProps, FieldPath)>(),
    ];

    private void Forbid(bool when, FieldPath path, string detail)
    {
        if (when)
        {
            errors.Forbidden(path, detail);
        }
    }

    private static bool IsIntOrString(List<JSONSchemaProps>? anyOf) =>
        anyOf is [{ Type: "integer" } number, { Type: "string" } text]
        && number.DeepEquals(new JSONSchemaProps { Type = "integer" }) && text.DeepEquals(new JSONSchemaProps { Type = "string" });

    private static bool IsPattern(string pattern, out string wrong)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            wrong = "";
            return true;
        }
        catch (ArgumentException e)
        {
            wrong = e.Message;
            return false;
        }
    }
}
