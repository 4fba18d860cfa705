using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Lifecycle;

/// <summary>The context `sampan` in the user's own kubeconfig.</summary>
public static class UserKubeconfig
{
    public const string Context = "sampan";

    /// <summary>As kubectl finds it; under sudo, that of the person who called it.</summary>
    public static string DefaultPath =>
        Environment.GetEnvironmentVariable("KUBECONFIG") is null or "" && SudoUser.Current() is { } user
            ? Path.Combine(user.Home, ".kube", "config")
            : Kubeconfig.DefaultPath;

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
        if (SudoUser.Current() is { } user && file.StartsWith(user.Home + "/", StringComparison.Ordinal))
        {
            user.Own(Path.GetDirectoryName(file)!);
            user.Own(file);
        }
        return $"context {Context} in {file}";
    }

    public static void RemoveContext(string file) => KubeconfigFile.Remove(file, Context);
}
