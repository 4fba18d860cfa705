namespace Sampan.Client.Tests.Kubeconfigs;

public sealed class KubeconfigTests : IDisposable
{
    private const string Home = """
        apiVersion: v1
        kind: Config
        current-context: home
        clusters:
        - name: home
          cluster: {server: https://home:6443, certificate-authority: ca.crt, extensions: [{name: keep, extension: {a: 1}}]}
        users:
        - name: me
          user: {token: secret}
        contexts:
        - name: home
          context: {cluster: home, user: me, namespace: dev}
        """;

    private const string Work = """
        current-context: work
        clusters:
        - name: home
          cluster: {server: https://other:6443}
        - name: work
          cluster: {server: https://work:6443, insecure-skip-tls-verify: true}
        users:
        - name: boss
          user:
            exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, args: [a, b], env: [{name: X, value: y}]}
        contexts:
        - name: work
          context: {cluster: work, user: boss}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-kubeconfig-").FullName;

    [Fact]
    public void Merge_TwoFiles_FirstWinsPerEntry()
    {
        var merged = Kubeconfig.Merge(Home, Work);
        Assert.Equal("home", merged.CurrentContext);
        Assert.Equal(["home", "work"], merged.Contexts);
        Assert.Equal("https://home:6443", merged.ToClientConfig().Server);
        Assert.Equal("https://work:6443", merged.ToClientConfig("work").Server);
    }

    [Fact]
    public void ToClientConfig_RelativeFile_StartsAtTheKubeconfig()
    {
        var config = Kubeconfig.Parse(Home, "/etc/x").ToClientConfig();
        Assert.Equal("/etc/x/ca.crt", config.CertificateAuthorityFile);
        Assert.Equal(("secret", "dev"), (config.Token, config.Namespace));
    }

    [Fact]
    public void ToClientConfig_ExecPlugin_IsRead()
    {
        var config = Kubeconfig.Parse(Work, "/etc/x").ToClientConfig();
        Assert.True(config.InsecureSkipTlsVerify);
        Assert.Equal("/etc/x/login", config.Exec!.Command);
        Assert.Equal(["a", "b"], config.Exec.Args);
        Assert.Equal("y", config.Exec.Env.Single().Value);
    }

    [Fact]
    public void ToClientConfig_UnknownContext_SaysWhich()
    {
        var e = Assert.Throws<KubeconfigException>(() => Kubeconfig.Parse(Home).ToClientConfig("nowhere"));
        Assert.Contains("\"nowhere\" does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ExistingFile_KeepsEverythingElse()
    {
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, Home);
        KubeconfigFile.Write(path, new KubeconfigContext("sampan", "https://127.0.0.1:6443") { CertificateAuthority = "PEM" }, makeCurrent: true);
        var text = File.ReadAllText(path);
        Assert.Contains("keep", text, StringComparison.Ordinal);
        var merged = Kubeconfig.Load(path);
        Assert.Equal("sampan", merged.CurrentContext);
        Assert.Equal("https://home:6443", merged.ToClientConfig("home").Server);
        Assert.Equal("PEM", merged.ToClientConfig().CertificateAuthorityData);
        Assert.False(File.Exists(path + ".lock"));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_NewFile_IsForTheOwnerOnly()
    {
        var path = Path.Combine(_folder, "sub", "config");
        KubeconfigFile.Write(path, new KubeconfigContext("sampan", "https://127.0.0.1:6443"), makeCurrent: false);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("sampan", Kubeconfig.Load(path).CurrentContext);
    }

    [Fact]
    public void Write_Locked_SaysSo()
    {
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path + ".lock", "");
        var e = Assert.Throws<KubeconfigException>(() => KubeconfigFile.Write(path, new KubeconfigContext("a", "https://x"), false));
        Assert.Contains(".lock exists", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_Context_LeavesTheOthers()
    {
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, Home);
        KubeconfigFile.Write(path, new KubeconfigContext("sampan", "https://127.0.0.1:6443"), makeCurrent: true);
        KubeconfigFile.Remove(path, "sampan");
        var left = Kubeconfig.Load(path);
        Assert.Equal(["home"], left.Contexts);
        Assert.True(string.IsNullOrEmpty(left.CurrentContext));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
