using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sampan.Client;

namespace Sampan.Kubelet.Certificates;

/// <summary>
/// One certificate and its key in one file, which only its owner may read: <c>kubelet-client-current.pem</c>. It is replaced in
/// one step, so that readers never see half of it.
/// </summary>
public sealed class CertificateStore(string directory, string name)
{
    public string Path { get; } = System.IO.Path.Combine(directory, $"{name}-current.pem");

    /// <returns>Null when there is none that can be read.</returns>
    public X509Certificate2? Read()
    {
        try
        {
            if (!File.Exists(Path))
            {
                return null;
            }

            using var fresh = X509Certificate2.CreateFromPemFile(Path, Path);
            // A key that exists in memory only is not taken for a server.
            return X509CertificateLoader.LoadPkcs12(fresh.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or IOException)
        {
            return null;
        }
    }

    public void Write(string certificatePem, string keyPem) =>
        WholeFile.Write(Path, certificatePem.TrimEnd() + "\n" + keyPem.TrimEnd() + "\n", WholeFile.OwnerOnly);
}
