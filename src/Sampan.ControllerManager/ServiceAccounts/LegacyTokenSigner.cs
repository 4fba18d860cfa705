using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.ServiceAccounts;

/// <summary>Signs tokens without an expiry for token Secrets, with the cluster's service account key (RSA or ECDSA).</summary>
internal sealed class LegacyTokenSigner : IDisposable
{
    private const string Issuer = "kubernetes/serviceaccount";
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly string _keyId;

    public LegacyTokenSigner(string privateKeyPem)
    {
        try
        {
            _rsa = RSA.Create();
            _rsa.ImportFromPem(privateKeyPem);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            _rsa?.Dispose();
            _rsa = null;
            _ecdsa = ECDsa.Create();
            _ecdsa.ImportFromPem(privateKeyPem);
        }

        var publicKey = _rsa?.ExportSubjectPublicKeyInfo() ?? _ecdsa!.ExportSubjectPublicKeyInfo();
        _keyId = Base64Url.EncodeToString(SHA256.HashData(publicKey));
    }

    public string Sign(ServiceAccount account, string secretName)
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["kid"] = _keyId };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["kubernetes.io/serviceaccount/namespace"] = account.Metadata.Namespace,
            ["kubernetes.io/serviceaccount/secret.name"] = secretName,
            ["kubernetes.io/serviceaccount/service-account.name"] = account.Metadata.Name,
            ["kubernetes.io/serviceaccount/service-account.uid"] = account.Metadata.Uid,
            ["sub"] = $"system:serviceaccount:{account.Metadata.Namespace}:{account.Metadata.Name}",
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
    }

    private string Algorithm => _rsa is not null ? "RS256" : _ecdsa!.KeySize switch { 384 => "ES384", 521 => "ES512", _ => "ES256" };

    private byte[] Sign(byte[] data) => _rsa is not null
        ? _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : _ecdsa!.SignData(data, _ecdsa.KeySize switch { 384 => HashAlgorithmName.SHA384, 521 => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 });

    private static string Encode(JsonObject node) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(node.ToJsonString()));
}
