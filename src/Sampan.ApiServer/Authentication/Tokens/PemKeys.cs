using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>Keys in PEM text, as <c>--service-account-key-file</c> and <c>--service-account-signing-key-file</c> name them.</summary>
internal static class PemKeys
{
    /// <summary>The first private key.</summary>
    public static SigningKey ReadSigningKey(string pem, string path)
    {
        foreach (var (label, block) in Blocks(pem))
            if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
                return new SigningKey(Import(label, block));
        throw new InvalidDataException($"{path} holds no private key in PEM form");
    }

    /// <summary>Every public key; a private key or a certificate stands for its public key.</summary>
    public static IReadOnlyList<PublicKey> ReadPublicKeys(string pem, string path)
    {
        var keys = new List<PublicKey>();
        foreach (var (label, block) in Blocks(pem))
            if (label.EndsWith("KEY", StringComparison.Ordinal) || label == "CERTIFICATE")
                keys.Add(new PublicKey(Import(label, block)));
        return keys.Count > 0 ? keys : throw new InvalidDataException($"{path} holds no public key in PEM form");
    }

    private static IEnumerable<(string Label, string Block)> Blocks(string pem)
    {
        while (PemEncoding.TryFind(pem, out var fields))
        {
            yield return (pem[fields.Label], pem[fields.Location]);
            pem = pem[fields.Location.End..];
        }
    }

    private static AsymmetricAlgorithm Import(string label, string block)
    {
        if (label == "CERTIFICATE")
        {
            using var certificate = X509Certificate2.CreateFromPem(block);
            return (AsymmetricAlgorithm?)certificate.GetECDsaPublicKey() ?? certificate.GetRSAPublicKey()
                ?? throw new CryptographicException("the certificate's key is neither RSA nor ECDSA");
        }

        if (label.StartsWith("RSA", StringComparison.Ordinal))
            return Import(RSA.Create(), block);
        try
        {
            return Import(ECDsa.Create(), block);
        }
        catch (CryptographicException) when (label is "PUBLIC KEY" or "PRIVATE KEY")
        {
            return Import(RSA.Create(), block);
        }
    }

    private static T Import<T>(T key, string block)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(block);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
