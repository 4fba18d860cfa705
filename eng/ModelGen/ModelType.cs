namespace ModelGen;

/// <summary>One class to draft.</summary>
internal sealed record ModelType(string SchemaName, string Namespace, string Name)
{
    public ModelKind? Kind { get; set; }

    public string? MapType { get; set; }

    public string? Unions { get; set; }

    public List<ModelField> Fields { get; } = [];

    public bool IsObject => Kind is not null && Fields.Any(f => f.JsonName == "metadata" && f.Type == "ObjectMeta");
}

internal sealed record ModelKind(string Group, string Version)
{
    public string? Plural { get; init; }

    public string? Singular { get; init; }

    public bool Namespaced { get; init; }

    public List<string> ShortNames { get; init; } = [];

    public List<string> Categories { get; init; } = [];

    public List<string> Verbs { get; init; } = [];

    public string? StorageVersionHash { get; init; }

    public List<ModelSubresource> Subresources { get; } = [];
}

internal sealed record ModelSubresource(string Name, string Group, string Version, string Kind, List<string> Verbs);

/// <summary>How a field is laid out in C# and on the wire.</summary>
internal sealed class ModelField
{
    public required string JsonName { get; init; }

    public required int Number { get; init; }

    /// <summary>The numbers of the embedded messages around the field in protobuf, outermost first.</summary>
    public int[] Embedded { get; init; } = [];

    /// <summary>The element's C# type, without list, map or nullability.</summary>
    public required string Type { get; init; }

    public string? TypeNamespace { get; init; }

    public Shape Shape { get; init; }

    /// <summary>The elements are themselves lists of strings: Go's ExtraValue and Verbs.</summary>
    public bool Wrapped { get; init; }

    /// <summary>The elements name their kind in JSON.</summary>
    public bool Typed { get; set; }

    public bool Required { get; set; }

    public bool Always { get; set; }

    public bool OmitEmpty { get; set; }

    public bool Pointer { get; set; }

    /// <summary>A string that is never null.</summary>
    public bool Text { get; set; }

    public bool OmitZero { get; set; }

    public string? Default { get; set; }

    public string? ListType { get; set; }

    public List<string> ListKeys { get; set; } = [];

    public string? PatchStrategy { get; set; }

    public string? MergeKey { get; set; }

    public string? MapType { get; set; }

    public string? Format { get; set; }
}

internal enum Shape
{
    Single,
    List,
    Map,
}
