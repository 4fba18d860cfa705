namespace Sampan.Client;

/// <summary>The connection of a program that runs in a pod, from its service account's files.</summary>
public static class InClusterConfig
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    public static bool IsAvailable => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && File.Exists($"{Folder}/token");

    public static ClientConfig Load()
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
        {
            throw new KubeconfigException(
                "unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined");
        }

        var space = $"{Folder}/namespace";
        return new ClientConfig
        {
            Server = host.Contains(':', StringComparison.Ordinal) ? $"https://[{host}]:{port}" : $"https://{host}:{port}",
            CertificateAuthorityFile = $"{Folder}/ca.crt",
            TokenFile = $"{Folder}/token",
            Namespace = File.Exists(space) ? File.ReadAllText(space).Trim() : "default",
        };
    }
}
