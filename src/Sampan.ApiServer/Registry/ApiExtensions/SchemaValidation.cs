using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>
/// Checks that a schema is one of OpenAPI v3 as custom resources may use it, then that it is structural: every field is described
/// outside of the logical junctors. Upstream: apiextensions/validation and apiserver/schema.
/// </summary>
internal sealed class SchemaValidation(FieldErrors errors)
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] MetaFields = ["metadata", "kind", "apiVersion"];

    public void Validate(JSONSchemaProps root, bool hasStatus, FieldPath path)
    {
        if (hasStatus && root.Type is { Length: > 0 } and not "object")
        {
            errors.Invalid(
                path.Child("type"), root.Type, "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled");
        }
        if (root.Nullable)
        {
            errors.Forbidden(path.Child("nullable"), "nullable cannot be true at the root");
        }
        var structural = new FieldErrors();
        new StructuralValidation(structural).Validate(root, path);
        errors.AddRange(structural.OrderBy(error => error.ToString(), StringComparer.Ordinal));
        Visit(root, path, new Place(IsRoot: true, InMeta: false, NoDefaults: null));
    }

    /// <summary>Where in a schema we are: what may be said there depends on it.</summary>
    private sealed record Place(bool IsRoot, bool InMeta, string? NoDefaults)
    {
        public Place Inside => this with { IsRoot = false };
    }

    private void Visit(JSONSchemaProps? schema, FieldPath path, Place place)
    {
        if (schema is null)
        {
            return;
        }
        Keywords(schema, path, place);
        ListAndMapRules.Check(schema, path, errors);
        ValidationRules(schema.XKubernetesValidations, path.Child("x-kubernetes-validations"));
        var inside = place.Inside;
        if (schema.AdditionalProperties is { } additional)
        {
            if (schema.Properties.OrEmpty().Count > 0 && (!additional.Allows || additional.Schema is not null))
            {
                errors.Forbidden(path.Child("additionalProperties"), "additionalProperties and properties are mutual exclusive");
            }
            var beneath = place.InMeta ? inside with { NoDefaults = "inside additionalProperties applying to object metadata" } : inside;
            Visit(additional.Schema, path.Child("additionalProperties"), beneath);
        }
        foreach (var (name, property) in schema.Properties.OrEmpty().OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var isMeta = (place.IsRoot || schema.XKubernetesEmbeddedResource) && MetaFields.Contains(name);
            var beneath = isMeta ? inside with { InMeta = true, NoDefaults = place.IsRoot ? $"in top-level {name}" : place.NoDefaults } : inside;
            Visit(property, path.Child("properties").Key(name), beneath);
        }
        Visit(schema.Not, path.Child("not"), inside);
        VisitAll(schema.AllOf, path.Child("allOf"), inside);
        VisitAll(schema.OneOf, path.Child("oneOf"), inside);
        VisitAll(schema.AnyOf, path.Child("anyOf"), inside);
        Visit(schema.Items?.Schema, path.Child("items"), inside);
        VisitAll(schema.Items?.JSONSchemas, path.Child("items"), inside);
    }

    private void VisitAll(List<JSONSchemaProps>? schemas, FieldPath path, Place place)
    {
        foreach (var (index, schema) in schemas.OrEmpty().Index())
        {
            Visit(schema, path.Index(index), place);
        }
    }

    private void Keywords(JSONSchemaProps schema, FieldPath path, Place place)
    {
        if (schema.Type is { Length: > 0 } type && !Types.Contains(type))
        {
            errors.NotSupported(path.Child("type"), type, Types);
        }
        Forbid(schema.Default is { IsEmpty: false } && place.NoDefaults is not null, "default", $"must not be set {place.NoDefaults}");
        Forbid(!string.IsNullOrEmpty(schema.Id), "id", "id is not supported");
        Forbid(schema.AdditionalItems is not null, "additionalItems", "additionalItems is not supported");
        Forbid(schema.PatternProperties.OrEmpty().Count > 0, "patternProperties", "patternProperties is not supported");
        Forbid(schema.Definitions.OrEmpty().Count > 0, "definitions", "definitions is not supported");
        Forbid(schema.Dependencies is not null, "dependencies", "dependencies is not supported");
        Forbid(schema.Ref is not null, "$ref", "$ref is not supported");
        Forbid(schema.Type == "null", "type", "type cannot be set to null, use nullable as an alternative");
        Forbid(schema.Items?.JSONSchemas.OrEmpty().Count > 0, "items", "items must be a schema object and not an array");
        Forbid(
            place.InMeta && schema.XKubernetesEmbeddedResource, "x-kubernetes-embedded-resource", "must not be used inside of resource meta");
        Forbid(schema.UniqueItems, "uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        if (schema.XKubernetesPreserveUnknownFields == false)
        {
            errors.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
        }

        void Forbid(bool when, string field, string detail)
        {
            if (when)
            {
                errors.Forbidden(path.Child(field), detail);
            }
        }
    }

    /// <summary>All of the rules but their expressions.</summary>
    private void ValidationRules(List<ValidationRule>? rules, FieldPath path)
    {
        foreach (var (index, rule) in rules.OrEmpty().Index())
        {
            var at = path.Index(index);
            var message = rule.Message ?? "";
            if (string.IsNullOrWhiteSpace(rule.Rule))
            {
                errors.Required(at.Child("rule"), "rule is not specified");
            }
            else if (message.Length > 0 && string.IsNullOrWhiteSpace(message))
            {
                errors.Invalid(at.Child("message"), message, "message must be non-empty if specified");
            }
            else if (HasLineBreak(message.Trim()))
            {
                errors.Invalid(at.Child("message"), message, "message must not contain line breaks");
            }
            else if (HasLineBreak(rule.Rule.Trim()) && message.Length == 0)
            {
                errors.Required(at.Child("message"), "message must be specified if rule contains line breaks");
            }
            if (rule.MessageExpression is { Length: > 0 } expression && string.IsNullOrWhiteSpace(expression))
            {
                errors.Required(at.Child("messageExpression"), "messageExpression must be non-empty if specified");
            }
            Registry.Validation.FieldChecks.OneOf(
                at.Child("reason"), rule.Reason, errors, "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");
            if (rule.FieldPath is { Length: > 0 } field && string.IsNullOrWhiteSpace(field))
            {
                errors.Invalid(at.Child("fieldPath"), field, "fieldPath must be non-empty if specified");
            }
            else if (HasLineBreak(rule.FieldPath ?? ""))
            {
                errors.Invalid(at.Child("fieldPath"), rule.FieldPath, "fieldPath must not contain line breaks");
            }
        }
    }

    private static bool HasLineBreak(string text) => text.AsSpan().ContainsAny("\r\n");
}
