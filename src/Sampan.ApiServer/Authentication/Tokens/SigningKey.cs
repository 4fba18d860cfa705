using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>The private key that signs service account tokens.</summary>
internal sealed class SigningKey(AsymmetricAlgorithm key)
{
    private readonly HashAlgorithmName _hash = Tokens.PublicKey.Describe(key).Hash;

    public PublicKey PublicKey { get; } = new(key);

    /// <summary>The signed token with the claims.</summary>
    public string Sign(ReadOnlySpan<byte> claims)
    {
        var input = $"{Base64Url.EncodeToString(Header())}.{Base64Url.EncodeToString(claims)}";
        var data = Encoding.ASCII.GetBytes(input);
        var signature = key switch
        {
            ECDsa ecdsa => ecdsa.SignData(data, _hash),
            RSA rsa => rsa.SignData(data, _hash, RSASignaturePadding.Pkcs1),
            _ => throw new CryptographicException("unknown service account key type"),
        };
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private ReadOnlySpan<byte> Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", PublicKey.Algorithm);
            writer.WriteString("kid", PublicKey.Id);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
