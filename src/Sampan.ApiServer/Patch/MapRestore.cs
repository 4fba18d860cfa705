using Sampan.Api.Codec;

namespace Sampan.ApiServer.Patch;

/// <summary>
/// What a strategic patch is told when its result is not of the type's form. Upstream turns that result into an object without JSON
/// between, and that converter has words of its own.
/// </summary>
internal static class MapRestore
{
    public static string Complaint(FormatException complaint) =>
        complaint is JsonFormatException { Found: { } found, Expected: { } expected } ? Complaint(KindOf(found), expected) : complaint.Message;

    private static string Complaint(string found, string expected) => expected switch
    {
        _ when expected.StartsWith("map[", StringComparison.Ordinal) || expected == "v1.ResourceList" => $"cannot restore map from {found}",
        _ when expected.StartsWith("[]", StringComparison.Ordinal) => $"cannot restore slice from {found}",
        "string" or "int32" or "int64" or "float64" or "bool" => Simple(found, expected),
        _ => $"cannot restore struct from: {found}",
    };

    // Go converts numbers to each other and, of all things, integers to texts; the converter then refuses.
    private static string Simple(string found, string expected) => (found, expected) switch
    {
        ("int64", "string" or "int32" or "int64") or ("float64", "int32" or "int64") => $"cannot convert {found} to {expected}",
        _ => $"unrecognized type: {expected}",
    };

    /// <summary>The Go type of an untyped JSON value: the reader tells of a number with its digits where they matter.</summary>
    private static string KindOf(string found) => found switch
    {
        "object" => "map",
        "array" => "slice",
        _ when found.StartsWith("number", StringComparison.Ordinal) => found.AsSpan().ContainsAny('.', 'e', 'E') && found.Contains(' ', StringComparison.Ordinal) ? "float64" : "int64",
        _ => found,
    };
}
