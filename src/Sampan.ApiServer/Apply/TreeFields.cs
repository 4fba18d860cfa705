using System.Runtime.InteropServices;
using System.Text.Json;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// The fields that a configuration names: its leaves, the keys of maps and the elements of lists, but not the objects on the way.
/// </summary>
internal sealed class TreeFields
{
    private readonly FieldSetBuilder _fields = new();
    private readonly List<PathElement> _path = [];

    private TreeFields()
    {
    }

    public static FieldSet Of(JsonElement value, IStructure structure)
    {
        var walk = new TreeFields();
        walk.Properties(value, structure);
        return walk._fields.Build();
    }

    private void Visit(JsonElement value, IStructure? structure)
    {
        if (value.ValueKind == JsonValueKind.Object && structure is not ({ MapType: "atomic" } or { Shape: StructureShape.Scalar }))
        {
            Properties(value, structure);
        }
        else if (value.ValueKind == JsonValueKind.Array && ListElements.IsAssociative(structure))
        {
            Items(value, structure!);
        }
        else
        {
            Insert();
        }
    }

    private void Properties(JsonElement value, IStructure? structure)
    {
        foreach (var property in value.EnumerateObject())
        {
            var below = structure?.Field(property.Name);
            _path.Add(PathElement.Field(property.Name));
            Visit(property.Value, below);
            if (property.Value is { ValueKind: JsonValueKind.Object } nested && nested.IsEmpty()
                || structure?.Shape != StructureShape.Object)
            {
                Insert();
            }
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Items(JsonElement value, IStructure structure)
    {
        foreach (var (step, item) in ListElements.Of(value, structure))
        {
            _path.Add(step);
            Visit(item, structure.Element);
            Insert();
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Insert() => _fields.Insert(CollectionsMarshal.AsSpan(_path));
}
