using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>A signed token in compact form, taken apart but not verified: <c>header.payload.signature</c>.</summary>
internal sealed class JsonWebToken
{
    /// <summary>Longer tokens are not looked at.</summary>
    private const int MaxLength = 64 * 1024;

    private JsonWebToken(string algorithm, string? keyId, byte[] signingInput, byte[] payload, byte[] signature)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        SigningInput = signingInput;
        Payload = payload;
        Signature = signature;
    }

    public string Algorithm { get; }

    public string? KeyId { get; }

    /// <summary>The bytes that are signed: <c>header.payload</c> in ASCII.</summary>
    public ReadOnlyMemory<byte> SigningInput { get; }

    /// <summary>The claims as JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Null when the text has not the form of a signed token.</summary>
    public static JsonWebToken? Parse(string token)
    {
        if (token.Length > MaxLength || !Ascii.IsValid(token))
            return null;
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last <= first + 1 || last == token.Length - 1 || token.IndexOf('.', first + 1) != last)
            return null;
        if (Decode(token[..first]) is not { } header || Decode(token[(first + 1)..last]) is not { } payload
            || Decode(token[(last + 1)..]) is not { } signature || ReadHeader(header) is not { } read)
            return null;
        return new JsonWebToken(read.Algorithm, read.KeyId, Encoding.ASCII.GetBytes(token[..last]), payload, signature);
    }

    private static byte[]? Decode(string part)
    {
        if (part.AsSpan().ContainsAny("= \t\r\n"))
            return null;
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>A header that demands an extension (<c>crit</c>) is not understood.</summary>
    private static (string Algorithm, string? KeyId)? ReadHeader(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.TryGetProperty("crit", out _)
                || Text(root, "alg") is not { } algorithm)
                return null;
            return (algorithm, Text(root, "kid"));
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Text that is not valid UTF-16, such as a lone surrogate.
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
