using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>A key that verifies token signatures, with the id and algorithm that token headers name.</summary>
internal sealed class PublicKey
{
    private readonly AsymmetricAlgorithm _key;
    private readonly HashAlgorithmName _hash;

    public PublicKey(AsymmetricAlgorithm key)
    {
        _key = key;
        (Algorithm, _hash) = Describe(key);
        Id = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>SHA-256 of the key in DER form.</summary>
    public string Id { get; }

    /// <summary>RS256, ES256, ES384 or ES512.</summary>
    public string Algorithm { get; }

    public bool Verifies(JsonWebToken token)
    {
        if (token.Algorithm != Algorithm)
            return false;
        var data = token.SigningInput.Span;
        var signature = token.Signature.Span;
        try
        {
            return _key switch
            {
                ECDsa ecdsa => ecdsa.VerifyData(data, signature, _hash),
                RSA rsa => rsa.VerifyData(data, signature, _hash, RSASignaturePadding.Pkcs1),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Writes the key as a JSON Web Key.</summary>
    public void WriteJwk(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("use", "sig");
        if (_key is ECDsa ecdsa)
            WriteCurve(writer, ecdsa.ExportParameters(false));
        else if (_key is RSA rsa)
            WriteModulus(writer, rsa.ExportParameters(false));
        writer.WriteEndObject();
    }

    internal static (string Algorithm, HashAlgorithmName Hash) Describe(AsymmetricAlgorithm key) => (key, key.KeySize) switch
    {
        (RSA, _) => ("RS256", HashAlgorithmName.SHA256),
        (ECDsa, 256) => ("ES256", HashAlgorithmName.SHA256),
        (ECDsa, 384) => ("ES384", HashAlgorithmName.SHA384),
        (ECDsa, 521) => ("ES512", HashAlgorithmName.SHA512),
        _ => throw new CryptographicException("unknown service account key type: it must be RSA, or ECDSA on P-256, P-384 or P-521"),
    };

    private void WriteCurve(Utf8JsonWriter writer, ECParameters parameters)
    {
        writer.WriteString("kty", "EC");
        writer.WriteString("kid", Id);
        writer.WriteString("crv", _key.KeySize == 521 ? "P-521" : $"P-{_key.KeySize}");
        writer.WriteString("alg", Algorithm);
        writer.WriteString("x", Base64Url.EncodeToString(parameters.Q.X));
        writer.WriteString("y", Base64Url.EncodeToString(parameters.Q.Y));
    }

    private void WriteModulus(Utf8JsonWriter writer, RSAParameters parameters)
    {
        writer.WriteString("kty", "RSA");
        writer.WriteString("kid", Id);
        writer.WriteString("alg", Algorithm);
        writer.WriteString("n", Base64Url.EncodeToString(parameters.Modulus));
        writer.WriteString("e", Base64Url.EncodeToString(parameters.Exponent));
    }
}
