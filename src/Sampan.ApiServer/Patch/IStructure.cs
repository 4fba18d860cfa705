namespace Sampan.ApiServer.Patch;

/// <summary>
/// What merging needs to know of a value's shape. Built-in kinds answer from <see cref="Sampan.Api.TypeSchema"/>, custom resources from
/// their OpenAPI schema, so that merge rules are written once.
/// </summary>
public interface IStructure
{
    /// <summary>"merge", "replace", "retainKeys", or two of them with a comma; null stands for replace in lists, merge in maps.</summary>
    string? PatchStrategy { get; }

    /// <summary>The key by which strategic merge pairs the elements of a list of objects.</summary>
    string? MergeKey { get; }

    /// <summary>"atomic", "set" or "map".</summary>
    string? ListType { get; }

    /// <summary>The keys of a list that is a map.</summary>
    IReadOnlyList<string> ListKeys { get; }

    /// <summary>"atomic" or "granular".</summary>
    string? MapType { get; }

    /// <summary>The elements of a list; null when they are not objects of a known shape.</summary>
    IStructure? Element { get; }

    /// <summary>A field of an object or a value of a map; null when its shape is not known.</summary>
    IStructure? Field(string name);

    StructureShape Shape => StructureShape.Open;

    /// <summary>The value that the server fills in, as text.</summary>
    string? Default => null;
}
