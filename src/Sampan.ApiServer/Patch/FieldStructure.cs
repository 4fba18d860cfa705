using Sampan.Api;

namespace Sampan.ApiServer.Patch;

/// <summary>The structure of one field of a built-in type: a value, a list or a map.</summary>
internal sealed class FieldStructure : IStructure
{
    private readonly FieldSchema _field;

    public FieldStructure(FieldSchema field) => _field = field;

    public string? PatchStrategy => _field.PatchStrategy;

    public string? MergeKey => _field.MergeKey;

    public string? ListType => _field.ListType;

    public IReadOnlyList<string> ListKeys => _field.ListKeys;

    public string? MapType => _field.MapType ?? (_field.Shape == FieldShape.Single ? _field.Object?.MapType : null);

    public IStructure? Element => _field.Shape == FieldShape.List ? TypeStructure.Of(_field.Object) : null;

    public StructureShape Shape => _field.Shape switch
    {
        FieldShape.List => StructureShape.List,
        FieldShape.Map or FieldShape.MapOfLists => StructureShape.Map,
        _ => _field.Object is { IsAnyJson: false } ? StructureShape.Object : StructureShape.Scalar,
    };

    public string? Default => _field.Default;

    public IStructure? Field(string name) => _field.Shape switch
    {
        FieldShape.Single => TypeStructure.Of(_field.Object)?.Field(name),
        FieldShape.Map => TypeStructure.Of(_field.Object),
        _ => null,
    };
}
