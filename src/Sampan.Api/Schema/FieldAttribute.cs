namespace Sampan.Api;

/// <summary>
/// A field's name in JSON and its number in protobuf, 0 when it has none there. When JSON leaves an empty field out follows Go:
/// required and Always fields are always written, nullable C# types when not null, messages that cannot be null always,
/// the rest when not zero or empty.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string name, int number) : Attribute
{
    public string Name { get; } = name;

    public int Number { get; } = number;

    /// <summary>The numbers of the protobuf messages around the field that JSON does not show, outermost first.</summary>
    public int[] Embedded { get; set; } = [];

    public bool Required { get; set; }

    /// <summary>Written even when empty, though optional.</summary>
    public bool Always { get; set; }

    /// <summary>Left out when empty, though required.</summary>
    public bool OmitEmpty { get; set; }

    /// <summary>A time that is left out, not written as null, when there is none.</summary>
    public bool OmitZero { get; set; }

    /// <summary>A string or time that null leaves out; an empty string is kept.</summary>
    public bool Pointer { get; set; }

    /// <summary>Protobuf wraps the list of strings in a message of its own.</summary>
    public bool Wrapped { get; set; }

    /// <summary>The list's elements name their apiVersion and kind in JSON, as upstream's server shows claim templates.</summary>
    public bool Typed { get; set; }

    /// <summary>OpenAPI's default, as text.</summary>
    public string? Default { get; set; }

    public string? Format { get; set; }

    /// <summary>"atomic", "set" or "map".</summary>
    public string? ListType { get; set; }

    /// <summary>The keys of a list that is a map.</summary>
    public string[] ListKeys { get; set; } = [];

    /// <summary>Strategic merge's strategy: "merge", "replace", "retainKeys", or two of them with a comma.</summary>
    public string? PatchStrategy { get; set; }

    /// <summary>Strategic merge's key of a list's elements.</summary>
    public string? MergeKey { get; set; }

    /// <summary>"atomic" or "granular".</summary>
    public string? MapType { get; set; }
}
