using System.Buffers;
using System.Text.Json;
using Sampan.ApiServer.Authentication.ServiceAccounts;

namespace Sampan.ApiServer.Authentication;

/// <summary>What others need to verify service account tokens themselves: OpenID Connect's discovery document and the keys.</summary>
internal sealed class OpenIdDocuments
{
    public const string ConfigurationPath = "/.well-known/openid-configuration";
    public const string KeysPath = "/openid/v1/jwks";
    public const string ConfigurationType = "application/json";
    public const string KeysType = "application/jwk-set+json";

    public OpenIdDocuments(ServiceAccountOptions options)
    {
        var issuer = options.Issuers[0];
        Configuration = Write(writer => WriteConfiguration(writer, issuer, options));
        Keys = Write(writer => WriteKeys(writer, options));
    }

    public ReadOnlyMemory<byte> Configuration { get; }

    public ReadOnlyMemory<byte> Keys { get; }

    private static void WriteConfiguration(Utf8JsonWriter writer, string issuer, ServiceAccountOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("issuer", issuer);
        writer.WriteString("jwks_uri", options.JwksUri ?? issuer.TrimEnd('/') + KeysPath);
        WriteList(writer, "response_types_supported", ["id_token"]);
        WriteList(writer, "subject_types_supported", ["public"]);
        WriteList(
            writer, "id_token_signing_alg_values_supported",
            options.PublicKeys.Select(k => k.Algorithm).Distinct().Order(StringComparer.Ordinal));
        writer.WriteEndObject();
    }

    private static void WriteKeys(Utf8JsonWriter writer, ServiceAccountOptions options)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("keys");
        foreach (var key in options.PublicKeys)
            key.WriteJwk(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
