namespace Sampan.Api;

/// <summary>One field of a <see cref="TypeSchema"/>.</summary>
public sealed class FieldSchema
{
    private readonly Func<TypeSchema>? _object;

    public FieldSchema(string name, int number, FieldType type, FieldShape shape, Func<TypeSchema>? @object = null)
    {
        Name = name;
        Number = number;
        Type = type;
        Shape = shape;
        _object = @object;
    }

    public string Name { get; }

    /// <summary>The protobuf number, 0 when the field has none.</summary>
    public int Number { get; }

    public FieldType Type { get; }

    public FieldShape Shape { get; }

    /// <summary>The schema of the value or element when it is a type of the model.</summary>
    public TypeSchema? Object => _object?.Invoke();

    public bool Required { get; init; }

    /// <summary>A value of Go that cannot be null: OpenAPI shows its zero as default.</summary>
    public bool IsValue { get; init; }

    /// <summary>A value of Go that is null when absent, where its type alone would have a zero.</summary>
    public bool IsPointer { get; init; }

    /// <summary>OpenAPI's default, as text.</summary>
    public string? Default { get; init; }

    public string? Format { get; init; }

    public string? ListType { get; init; }

    public IReadOnlyList<string> ListKeys { get; init; } = [];

    public string? PatchStrategy { get; init; }

    public string? MergeKey { get; init; }

    public string? MapType { get; init; }

    public string? Description { get; init; }

    public override string ToString() => Name;
}
