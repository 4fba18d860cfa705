using System.Text;
using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>Checks of one version of a definition: its schema, subresources, columns and selectable fields.</summary>
internal static class DefinitionVersionValidation
{
    private const int MaxWarning = 256;
    private const int MaxSelectable = 8;

    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] ColumnFormats = ["binary", "byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static void Validate(
        CustomResourceDefinitionVersion version, CustomResourceDefinitionVersion? old, FieldPath path, FieldErrors errors)
    {
        if (Names.IsDns1035Label(version.Name) is { Count: > 0 } wrong)
        {
            errors.Invalid(path.Child("name"), version.Name, string.Join(',', wrong));
        }
        foreach (var complaint in ComplaintsAboutWarning(version))
        {
            errors.Invalid(path.Child("deprecationWarning"), version.DeprecationWarning, complaint);
        }
        if (version.Schema?.OpenAPIV3Schema is { } schema && !schema.DeepEquals(old?.Schema?.OpenAPIV3Schema))
        {
            new SchemaValidation(errors).Validate(schema, version.Subresources?.Status is not null, path.Child("schema").Child("openAPIV3Schema"));
        }
        ValidateScale(version.Subresources?.Scale, path.Child("subresources"), errors);
        foreach (var (index, column) in version.AdditionalPrinterColumns.OrEmpty().Index())
        {
            ValidateColumn(column, path.Child("additionalPrinterColumns").Index(index), errors);
        }
        ValidateSelectable(version, path.Child("selectableFields"), errors);
    }

    private static IEnumerable<string> ComplaintsAboutWarning(CustomResourceDefinitionVersion version)
    {
        if (version.DeprecationWarning is not { } warning)
        {
            yield break;
        }
        if (!version.Deprecated)
        {
            yield return "can only be set for deprecated versions";
            yield break;
        }
        if (Encoding.UTF8.GetByteCount(warning) > MaxWarning)
        {
            yield return "must be <= 256 characters long";
        }
        if (warning.Length == 0)
        {
            yield return "must not be an empty string";
        }
        var odd = warning.ToList().FindIndex(c => char.IsControl(c) || (char.IsWhiteSpace(c) && c != ' '));
        if (odd >= 0)
        {
            yield return $"must only contain printable UTF-8 characters; non-printable character found at index {odd}";
        }
    }

    private static void ValidateScale(CustomResourceSubresourceScale? scale, FieldPath path, FieldErrors errors)
    {
        if (scale is null)
        {
            return;
        }
        Replicas(scale.SpecReplicasPath, ".spec.", path.Child("scale.specReplicasPath"), errors);
        Replicas(scale.StatusReplicasPath, ".status.", path.Child("scale.statusReplicasPath"), errors);
        if (scale.LabelSelectorPath is { Length: > 0 } selector && SimplePath(selector, path.Child("scale.labelSelectorPath"), errors)
            && !selector.StartsWith(".spec.", StringComparison.Ordinal) && !selector.StartsWith(".status.", StringComparison.Ordinal))
        {
            errors.Invalid(path.Child("scale.labelSelectorPath"), selector, "should be a json path under either .spec or .status");
        }
    }

    private static void Replicas(string text, string under, FieldPath path, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            errors.Required(path);
        }
        else if (SimplePath(text, path, errors) && !text.StartsWith(under, StringComparison.Ordinal))
        {
            errors.Invalid(path, text, $"should be a json path under {under.TrimEnd('.')}");
        }
    }

    private static bool SimplePath(string text, FieldPath path, FieldErrors errors)
    {
        if (text[0] == '.')
        {
            return true;
        }
        errors.Invalid(path, text, "must be a simple json path starting with .");
        return false;
    }

    private static void ValidateColumn(CustomResourceColumnDefinition column, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("name"), column.Name, errors);
        var types = $"must be one of {string.Join(',', ColumnTypes)}";
        if (column.Type.Length == 0)
        {
            errors.Required(path.Child("type"), types);
        }
        else if (!ColumnTypes.Contains(column.Type))
        {
            errors.Invalid(path.Child("type"), column.Type, types);
        }
        if (column.Format is { Length: > 0 } format && !ColumnFormats.Contains(format))
        {
            errors.Invalid(path.Child("format"), format, $"must be one of {string.Join(',', ColumnFormats)}");
        }
        if (column.JsonPath.Length == 0)
        {
            errors.Required(path.Child("JSONPath"));
        }
        else
        {
            SimplePath(column.JsonPath, path.Child("JSONPath"), errors);
        }
    }

    private static void ValidateSelectable(CustomResourceDefinitionVersion version, FieldPath path, FieldErrors errors)
    {
        var fields = version.SelectableFields.OrEmpty();
        if (fields.Count == 0)
        {
            return;
        }
        if (version.Schema?.OpenAPIV3Schema is not { } schema)
        {
            errors.Invalid(path, "", "selectableFields may only be set when version.schema.openAPIV3Schema is not included");
            return;
        }
        var seen = new HashSet<string>();
        foreach (var (index, field) in fields.Index())
        {
            ValidateSelectable(field.JsonPath, schema, seen, path.Index(index).Child("jsonPath"), errors);
        }
        if (seen.Count > MaxSelectable)
        {
            errors.TooMany(path, seen.Count, MaxSelectable);
        }
    }

    private static void ValidateSelectable(string text, JSONSchemaProps schema, HashSet<string> seen, FieldPath path, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            errors.Required(path);
            return;
        }
        var steps = text.TrimStart('.').Split('.');
        var found = steps.Aggregate((JSONSchemaProps?)schema, (at, step) => at?.Properties.OrEmpty().GetValueOrDefault(step));
        if (text[0] != '.' || (found is null && steps[0] != "metadata"))
        {
            errors.Invalid(path, text, "is an invalid path: does not refer to a valid field");
            return;
        }
        if (steps[0] == "metadata")
        {
            errors.Invalid(path, text, "must not point to fields in metadata");
        }
        if (found?.Type is not ("string" or "boolean" or "integer"))
        {
            errors.Invalid(
                path, text, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.");
        }
        if (!seen.Add(text))
        {
            errors.Duplicate(path, text);
        }
    }
}
