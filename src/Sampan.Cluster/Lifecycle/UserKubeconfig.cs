using Sampan.Client;

namespace Sampan.Cluster.Lifecycle;

/// <summary>The context `sampan` in the user's own kubeconfig.</summary>
public static class UserKubeconfig
{
    public const string Context = "sampan";

    /// <summary>Adds or renews the context and makes it the current one.</summary>
    /// <returns>What was done, in words.</returns>
    public static string AddContext(ClusterPaths paths, string file)
    {
        var config = Kubeconfig.Load(paths.AdminKubeconfig).ToClientConfig();
        KubeconfigFile.Write(file, new KubeconfigContext(Context, config.Server)
        {
            CertificateAuthority = config.CertificateAuthorityData,
            ClientCertificate = config.ClientCertificateData,
            ClientKey = config.ClientKeyData,
        }, makeCurrent: true);
        return $"context {Context} in {file}";
    }

    public static void RemoveContext(string file) => KubeconfigFile.Remove(file, Context);
}
