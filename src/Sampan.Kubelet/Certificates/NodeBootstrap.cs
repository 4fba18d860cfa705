using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Client;

namespace Sampan.Kubelet.Certificates;

/// <summary>
/// A new node's first steps: with credentials that may do nothing but ask for a certificate it asks for its own, and writes a
/// kubeconfig that names the file where that is kept and renewed.
/// </summary>
public static class NodeBootstrap
{
    /// <summary>Nothing happens where there is a kubeconfig, unless the node's certificate has run out.</summary>
    public static async Task EnsureAsync(
        string bootstrapKubeconfig, string kubeconfig, CertificateStore store, string nodeName, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        using var known = store.Read();
        if (File.Exists(kubeconfig) && (known is null || known.NotAfter.ToUniversalTime() > time.GetUtcNow()))
        {
            return;
        }

        var config = Client.Kubeconfig.Load(bootstrapKubeconfig).ToClientConfig() with { UserAgent = "kubelet" };
        await using var client = new ApiClient(config);
        using var certificate = new CertificateManager(CertificateNeed.Client(nodeName), store, () => client, time, logger);
        if (certificate.Current is null)
        {
            logger.LogInformation("Asking {Server} for a certificate of node {Node}", config.Server, nodeName);
            await certificate.RenewAsync(cancellationToken);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(kubeconfig))!);
        await File.WriteAllTextAsync(kubeconfig, Render(config, store.Path), cancellationToken);
    }

    /// <summary>As JSON, which is YAML too.</summary>
    internal static string Render(ClientConfig config, string certificateFile)
    {
        const string name = "default-cluster", user = "default-auth", context = "default-context";
        var cluster = new JsonObject { ["server"] = config.Server };
        if (config.CertificateAuthorityFile is { } file)
        {
            cluster["certificate-authority"] = file;
        }
        else if (config.CertificateAuthorityData is { } pem)
        {
            cluster["certificate-authority-data"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pem));
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = name, ["cluster"] = cluster }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = user, ["user"] = new JsonObject { ["client-certificate"] = certificateFile, ["client-key"] = certificateFile } }),
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = context, ["context"] = new JsonObject { ["cluster"] = name, ["user"] = user } }),
            ["current-context"] = context,
        }.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
    }
}
