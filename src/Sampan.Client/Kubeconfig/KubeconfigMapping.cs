using YamlDotNet.RepresentationModel;

namespace Sampan.Client;

/// <summary>Turns kubeconfig entries into a <see cref="ClientConfig"/>. Data fields win over file fields.</summary>
internal static class KubeconfigMapping
{
    public static ClientConfig ToConfig(KubeconfigEntry context, KubeconfigEntry cluster, KubeconfigEntry? user)
    {
        var authority = cluster.Data("certificate-authority-data");
        var certificate = user?.Data("client-certificate-data");
        var key = user?.Data("client-key-data");
        return new ClientConfig
        {
            Server = cluster.Text("server") is { Length: > 0 } server
                ? server
                : throw new KubeconfigException($"cluster \"{cluster.Name}\" has no server"),
            CertificateAuthorityData = authority,
            CertificateAuthorityFile = authority is null ? cluster.File("certificate-authority") : null,
            InsecureSkipTlsVerify = cluster.Flag("insecure-skip-tls-verify"),
            TlsServerName = cluster.Text("tls-server-name"),
            ProxyUrl = cluster.Text("proxy-url"),
            ClientCertificateData = certificate,
            ClientCertificateFile = certificate is null ? user?.File("client-certificate") : null,
            ClientKeyData = key,
            ClientKeyFile = key is null ? user?.File("client-key") : null,
            Token = user?.Text("token"),
            TokenFile = user?.File("tokenFile"),
            Username = user?.Text("username"),
            Password = user?.Text("password"),
            Exec = user?.Body.Map("exec") is { } exec ? Exec(exec, user.Directory) : null,
            Impersonate = user?.Text("as"),
            ImpersonateGroups = user?.Body.List("as-groups").Select(g => g.ToString()).ToArray() ?? [],
            Namespace = context.Text("namespace") is { Length: > 0 } ns ? ns : "default",
        };
    }

    private static ExecPluginConfig Exec(YamlMappingNode exec, string directory)
    {
        var command = exec.Text("command") ?? throw new KubeconfigException("exec plugin without a command");
        if (command.Contains('/', StringComparison.Ordinal)) command = Path.GetFullPath(command, directory);
        var environment = exec.List("env").OfType<YamlMappingNode>()
            .Select(e => KeyValuePair.Create(e.Text("name") ?? "", e.Text("value") ?? "")).ToArray();
        return new ExecPluginConfig(
            exec.Text("apiVersion") ?? "client.authentication.k8s.io/v1",
            command,
            exec.List("args").Select(a => a.ToString()).ToArray(),
            environment,
            exec.Text("installHint"),
            exec.Text("provideClusterInfo") == "true");
    }
}
