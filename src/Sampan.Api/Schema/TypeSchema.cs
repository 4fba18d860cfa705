using System.Collections.Frozen;

namespace Sampan.Api;

/// <summary>What is known of a type at run time: enough for OpenAPI, merge strategies, server-side apply and explain.</summary>
public sealed class TypeSchema
{
    private readonly FrozenDictionary<string, FieldSchema> _byName;

    public TypeSchema(string name, params FieldSchema[] fields)
    {
        Name = name;
        Fields = fields;
        _byName = fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The name in OpenAPI, such as io.k8s.api.core.v1.Pod.</summary>
    public string Name { get; }

    public string? Description { get; init; }

    /// <summary>The fields without apiVersion and kind, in Go's order.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; }

    /// <summary>A union written by hand: any JSON value to a schema.</summary>
    public bool IsAnyJson { get; init; }

    /// <summary>True when the JSON also has apiVersion and kind.</summary>
    public bool IsTyped { get; init; }

    public string? MapType { get; init; }

    /// <summary>OpenAPI's x-kubernetes-unions, as JSON.</summary>
    public string? Unions { get; init; }

    public static TypeSchema Of<T>()
        where T : IApiType<T> => T.Schema;

    public FieldSchema? Find(string jsonName) => _byName.GetValueOrDefault(jsonName);

    public override string ToString() => Name;
}
