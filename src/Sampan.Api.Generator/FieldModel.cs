namespace Sampan.Api.Generator;

/// <summary>A property with its field attribute.</summary>
internal sealed record FieldModel(
    string Property,
    string JsonName,
    int Number,
    EquatableArray<int> Embedded,
    ElementKind Element,
    string ElementType,
    bool ElementIsTyped,
    FieldShape Shape,
    bool IsNullable)
{
    public bool Required { get; init; }

    public bool Always { get; init; }

    public bool OmitEmpty { get; init; }

    public bool OmitZero { get; init; }

    public bool Pointer { get; init; }

    public bool Wrapped { get; init; }

    public bool Typed { get; init; }

    public string? Default { get; init; }

    public string? Format { get; init; }

    public string? ListType { get; init; }

    public EquatableArray<string> ListKeys { get; init; }

    public string? PatchStrategy { get; init; }

    public string? MergeKey { get; init; }

    public string? MapType { get; init; }

    public string? Description { get; init; }

    /// <summary>Written whatever the value.</summary>
    public bool IsAlwaysWritten => (Required || Always) && !OmitEmpty;

    /// <summary>A text for which empty and absent are the same.</summary>
    public bool IsValueText => Shape == FieldShape.Single && Element == ElementKind.String && !Pointer;

    /// <summary>A time that Go holds as a value: absent is written as null.</summary>
    public bool IsValueTime => Shape == FieldShape.Single && Element == ElementKind.Time && !Pointer;
}

internal enum ElementKind
{
    String,
    Int32,
    Int64,
    Double,
    Boolean,
    Bytes,

    /// <summary>Time or MicroTime.</summary>
    Time,

    /// <summary>Another struct of Sampan.Api with its own codec.</summary>
    Primitive,

    /// <summary>A class of the model.</summary>
    Message,
}

internal enum FieldShape
{
    Single,
    List,
    Map,
    MapOfLists,
}
