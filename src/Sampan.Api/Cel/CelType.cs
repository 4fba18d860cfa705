namespace Sampan.Api.Cel;

/// <summary>A type as a value: what type(x) gives.</summary>
internal sealed record CelType(string Name)
{
    public static IReadOnlyDictionary<string, CelType> Known { get; } =
        new[] { "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint" }.ToDictionary(name => name, name => new CelType(name));

    public static CelType Of(object? value) => new(value switch
    {
        null => "null_type",
        bool => "bool",
        long => "int",
        ulong => "uint",
        double => "double",
        string => "string",
        byte[] => "bytes",
        ICelMap => "map",
        IReadOnlyList<object?> => "list",
        CelType => "type",
        DateTimeOffset => "google.protobuf.Timestamp",
        TimeSpan => "google.protobuf.Duration",
        CelOptional => "optional_type",
        Quantity => "kubernetes.Quantity",
        SemanticVersion => "kubernetes.Semver",
        System.Net.IPAddress => "net.IP",
        CelCidr => "net.CIDR",
        CelUrl => "kubernetes.URL",
        CelFormat => "kubernetes.NamedFormat",
        _ => value.GetType().Name,
    });
}
