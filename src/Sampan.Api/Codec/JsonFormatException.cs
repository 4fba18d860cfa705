namespace Sampan.Api.Codec;

/// <summary>The bytes are not JSON, or the JSON does not have the shape of the type that is read.</summary>
public sealed class JsonFormatException : FormatException
{
    public JsonFormatException()
    {
    }

    public JsonFormatException(string message)
        : base(message)
    {
    }

    public JsonFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What JSON value stood where another was expected, as Go names it ("string", "number 1.5"); null for other errors.</summary>
    public string? Found { get; init; }

    /// <summary>Go's name of the type that was expected there.</summary>
    public string? Expected { get; init; }

    /// <summary>What is wrong with a text that the reader refused.</summary>
    internal static JsonFormatException Of(ReadOnlySpan<byte> json, Exception cause) => new(JsonSyntax.Error(json) ?? cause.Message, cause);
}
