namespace Sampan.Api.Cel;

/// <summary>What an expression is known to be before it is evaluated, under the names that messages use: int, list(string), map(string, any).</summary>
public sealed class CelStaticType
{
    private readonly IReadOnlyDictionary<string, CelStaticType>? _fields;

    private CelStaticType(string name, IReadOnlyList<CelStaticType>? parameters = null, IReadOnlyDictionary<string, CelStaticType>? fields = null) =>
        (Name, Parameters, _fields) = (name, parameters ?? [], fields);

    /// <summary>Known when it is evaluated.</summary>
    public static CelStaticType Dyn { get; } = new("dyn");

    /// <summary>As <see cref="Dyn"/>, for values that come from outside.</summary>
    public static CelStaticType Any { get; } = new("any");

    public static CelStaticType Bool { get; } = new("bool");
    public static CelStaticType Int { get; } = new("int");
    public static CelStaticType Double { get; } = new("double");
    public static CelStaticType String { get; } = new("string");
    public static CelStaticType Bytes { get; } = new("bytes");
    public static CelStaticType Timestamp { get; } = new("timestamp");
    public static CelStaticType Duration { get; } = new("duration");
    public static CelStaticType Quantity { get; } = Object("kubernetes.Quantity", new Dictionary<string, CelStaticType>());

    internal static CelStaticType Null { get; } = new("null");

    public string Name { get; }

    public IReadOnlyList<CelStaticType> Parameters { get; }

    /// <summary>How many characters, bytes, items or entries it has at most; null: nobody knows. It is no part of what makes types equal.</summary>
    internal double? MaxSize { get; private init; }

    /// <summary>It has fields of its own, and no others.</summary>
    public bool IsObject => _fields is not null;

    internal bool IsDynamic => Name is "dyn" or "any";

    /// <summary>A type that is yet to be found out: A, B.</summary>
    internal bool IsVariable => Name.Length == 1;

    /// <summary>null is one of its values.</summary>
    internal bool IsNullable => IsObject || Name is "duration" or "timestamp" or "null";

    public static CelStaticType List(CelStaticType item) => new("list", [item]);

    public static CelStaticType Map(CelStaticType key, CelStaticType value) => new("map", [key, value]);

    public static CelStaticType Object(string name, IReadOnlyDictionary<string, CelStaticType> fields) => new(name, null, fields);

    /// <summary>The type with a limit to the size of its values.</summary>
    public CelStaticType Sized(double? maxSize) => new(Name, Parameters, _fields) { MaxSize = maxSize };

    internal static CelStaticType Of(string name, params IReadOnlyList<CelStaticType> parameters) => new(name, parameters);

    /// <summary>The type of a literal.</summary>
    internal static CelStaticType OfValue(object? value) => value switch
    {
        null => Null,
        string text => String.Sized(text.EnumerateRunes().Count()),
        byte[] bytes => Of("bytes").Sized(bytes.Length),
        CelType type => Of("type", Of(type.Name)),
        _ => Of(CelType.Of(value).Name),
    };

    public CelStaticType? Field(string name) => _fields?.GetValueOrDefault(name);

    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";
}
