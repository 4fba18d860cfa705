using System.Text.Json;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>Finds what a configuration may not say: fields that the kind does not have, and list elements that cannot be told apart.</summary>
internal sealed class ConfigCheck
{
    private readonly List<string> _errors = [];

    private ConfigCheck()
    {
    }

    public static IReadOnlyList<string> Errors(JsonElement config, IStructure structure)
    {
        var check = new ConfigCheck();
        check.Visit(config, structure, "");
        return check._errors;
    }

    private void Visit(JsonElement value, IStructure? structure, string path)
    {
        if (value.ValueKind == JsonValueKind.Object && structure is not { Shape: StructureShape.Scalar })
        {
            Properties(value, structure, path);
        }
        else if (value.ValueKind == JsonValueKind.Array && structure is not null)
        {
            Items(value, structure, path);
        }
    }

    private void Properties(JsonElement value, IStructure? structure, string path)
    {
        foreach (var property in value.EnumerateObject())
        {
            var below = structure?.Field(property.Name);
            if (below is null && structure?.Shape == StructureShape.Object && !IsType(structure, property.Name))
            {
                _errors.Add($"{path}.{property.Name}: field not declared in schema");
                continue;
            }
            Visit(property.Value, below, $"{path}.{property.Name}");
        }
    }

    private void Items(JsonElement value, IStructure structure, string path)
    {
        var seen = new HashSet<PathElement>();
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var step = PathElement.Index(index);
            if (ListElements.IsAssociative(structure))
            {
                if (MissingKey(item, structure) is { } key)
                {
                    _errors.Add($"{path}: element {index}: associative list with keys has an element that omits key field \"{key}\" (and doesn't have default value)");
                    return;
                }
                step = ListElements.StepTo(item, structure);
                if (!seen.Add(step))
                {
                    _errors.Add($"{path}: duplicate entries for key {step}");
                }
            }
            Visit(item, structure.Element, path + step);
            index++;
        }
    }

    private static string? MissingKey(JsonElement item, IStructure list) => list.ListType == "map" && item.ValueKind == JsonValueKind.Object
        ? list.ListKeys.FirstOrDefault(key => ListElements.KeyText(item, list, key) is null)
        : null;

    private static bool IsType(IStructure structure, string name) => structure is TypeStructure { IsTyped: true } && name is "apiVersion" or "kind";
}
