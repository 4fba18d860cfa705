using System.Security.Cryptography;

namespace Sampan.Cluster.Certificates;

/// <summary>Private keys as PEM text, in the forms that OpenSSL and kubeadm write.</summary>
internal static class PrivateKeys
{
    public static string ToPem(ECDsa key) => key.ExportECPrivateKeyPem() + "\n";

    public static AsymmetricAlgorithm FromPem(string pem)
    {
        if (pem.Contains("RSA PRIVATE KEY", StringComparison.Ordinal))
            return Import(RSA.Create(), pem);
        if (pem.Contains("EC PRIVATE KEY", StringComparison.Ordinal))
            return Import(ECDsa.Create(), pem);
        try
        {
            return Import(ECDsa.Create(), pem);
        }
        catch (CryptographicException)
        {
            return Import(RSA.Create(), pem);
        }
    }

    private static T Import<T>(T key, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
