using Sampan.Api;

namespace Sampan.ApiServer.Patch;

/// <summary>The structure of an object of a built-in type.</summary>
public sealed class TypeStructure : IStructure
{
    private readonly TypeSchema _schema;

    public TypeStructure(TypeSchema schema) => _schema = schema;

    public string? PatchStrategy => null;

    public string? MergeKey => null;

    public string? ListType => null;

    public IReadOnlyList<string> ListKeys => [];

    public string? MapType => _schema.MapType;

    public IStructure? Element => null;

    public StructureShape Shape => _schema.IsAnyJson ? StructureShape.Scalar : StructureShape.Object;

    /// <summary>The JSON also has apiVersion and kind.</summary>
    internal bool IsTyped => _schema.IsTyped;

    public IStructure? Field(string name) => _schema.Find(name) is { } field ? new FieldStructure(field) : null;

    internal static TypeStructure? Of(TypeSchema? schema) => schema is null or { IsAnyJson: true } ? null : new TypeStructure(schema);
}
