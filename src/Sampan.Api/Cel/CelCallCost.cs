namespace Sampan.Api.Cel;

/// <summary>What calls can cost, and how large their results can be, for arguments of given types. The numbers are those of cel-go and of Kubernetes' libraries.</summary>
internal static class CelCallCost
{
    public const double List = 10;
    public const double Map = 30;

    private const double Character = 0.1;
    private const double PatternCharacter = 0.25;

    // As long as a pattern of a named format is at most.
    private const double FormatPattern = 128;

    // The bytes of an IPv6 address.
    private const double Address = 16;

    /// <summary>The largest size of a value; a number or a flag is 1, and without a limit there is no end.</summary>
    public static double SizeOf(CelStaticType type) =>
        type.Name is "int" or "uint" or "double" or "bool" or "null" or "duration" or "timestamp" ? 1 : type.MaxSize ?? double.PositiveInfinity;

    public static double Times(double count, double cost) => count == 0 || cost == 0 ? 0 : count * cost;

    /// <param name="function">Its name; an operator's with underscores.</param>
    /// <param name="arguments">What it is given, a receiver first.</param>
    public static double Of(string function, IReadOnlyList<CelStaticType> arguments) => function switch
    {
        "_==_" or "_!=_" or "_<_" or "_<=_" or "_>_" or "_>=_" => IsPlain(arguments[0]) ? 1 : Traversal(Math.Min(Size(arguments, 0), Size(arguments, 1))),
        "_+_" => arguments[0].Name == "list" ? 1 : Traversal(Size(arguments, 0) + Size(arguments, 1)),
        "@in" => arguments[1].Name == "map" ? 1 : Size(arguments, 1),
        "startsWith" or "endsWith" => Traversal(Size(arguments, 1)),
        "contains" => Times(Traversal(Size(arguments, 0)), Traversal(Size(arguments, 1))),
        "matches" or "find" or "findAll" => Times(Traversal(Size(arguments, 0) + 1), Math.Ceiling(Size(arguments, 1) * PatternCharacter)),
        "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" => OfItems(arguments[0]),
        "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "reverse" or "strings.quote" or "bytes" or "format" => Traversal(Size(arguments, 0)),
        "replace" or "split" => Math.Ceiling(Size(arguments, 0) * 2 * Character),
        "join" => Traversal(SizeOfResult(function, arguments) ?? double.PositiveInfinity),
        "containsIP" or "containsCIDR" => Math.Ceiling(2 * Address * Character) + (function == "containsCIDR" ? Math.Ceiling(Address * Character) + 1 : 0)
            + (arguments[1].Name == "string" ? Traversal(Size(arguments, 1)) : 0),
        "validate" => Math.Ceiling(Traversal(Size(arguments, 1)) * FormatPattern * PatternCharacter),
        "sets.contains" or "sets.intersects" or "sets.equivalent" => Times(Size(arguments, 0), Size(arguments, 1)) * (function == "sets.equivalent" ? 2 : 1),
        _ => 1,
    };

    /// <summary>Null when nobody knows.</summary>
    public static double? SizeOfResult(string function, IReadOnlyList<CelStaticType> arguments) => function switch
    {
        "_+_" => Known(Size(arguments, 0) + Size(arguments, 1)),
        "_?_:_" => Known(Math.Max(Size(arguments, 1), Size(arguments, 2))),
        "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "reverse" or "split" or "find" or "findAll" => Known(Size(arguments, 0)),
        "replace" => Known(Size(arguments, 0) + Times(Size(arguments, 0) + 1, Size(arguments, 2))),
        "join" => arguments[0].Parameters is [var item] ? Known(Times(Size(arguments, 0), SizeOf(item) + (arguments.Count > 1 ? Size(arguments, 1) : 0))) : null,
        "charAt" => 1,
        _ => null,
    };

    private static double Size(IReadOnlyList<CelStaticType> arguments, int index) => SizeOf(arguments[index]);

    private static double? Known(double size) => double.IsInfinity(size) ? null : size;

    private static double Traversal(double size) => Math.Ceiling(size * Character);

    private static double OfItems(CelStaticType type) => type is { Name: "list", Parameters: [var item] }
        ? Times(SizeOf(type), 1 + (item.Name is "string" or "bytes" ? Traversal(SizeOf(item)) : 0)) : Traversal(SizeOf(type));

    // Quantities, versions, addresses: comparing them is one step.
    private static bool IsPlain(CelStaticType type) => type.Name.StartsWith("kubernetes.", StringComparison.Ordinal) || type.Name.StartsWith("net.", StringComparison.Ordinal);
}
