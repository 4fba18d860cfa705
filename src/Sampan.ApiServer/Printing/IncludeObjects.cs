using Sampan.Api;

namespace Sampan.ApiServer.Printing;

/// <summary>Reads the includeObject parameter of a table request.</summary>
internal static class IncludeObjects
{
    public static IncludeObject Parse(string? value) => value switch
    {
        null or "" or "Metadata" => IncludeObject.Metadata,
        "None" => IncludeObject.None,
        "Object" => IncludeObject.Object,
        _ => throw StatusException.BadRequest($"unrecognized includeObject value: {GoText.Quote(value)}"),
    };
}
