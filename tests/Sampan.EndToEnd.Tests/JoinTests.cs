using System.Diagnostics;
using System.Text;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>Two machines: `sampan server` in a terminal on one, and on the other the command that it prints.</summary>
[Collection(ClusterCollection.Name)]
public sealed class JoinTests : IAsyncLifetime
{
    private const string SecondAddress = "192.0.2.11";
    private readonly string _second = $"sampan-second-{Environment.ProcessId}";
    private readonly List<Process> _processes = [];
    private OwnCluster? _cluster;

    private OwnCluster Cluster => _cluster ?? throw new InvalidOperationException("not started");

    private string SecondData => Path.Combine(Path.GetTempPath(), _second);

    private static string Sampan => Path.Combine(TestCluster.Root, "sampan");

    public async ValueTask InitializeAsync()
    {
        _cluster = await OwnCluster.CreateAsync("join", "busybox");
        Assert.SkipWhen(!File.Exists("/usr/bin/script"), "not installed: script, which plays a terminal");

        // The other end of the first machine's cable goes into the second one.
        await Shell.RunAsync("ip", ["netns", "add", _second]);
        await Cluster.Host.RunAsync("ip", "link", "set", "uplink", "netns", _second, "name", "eth0");
        foreach (string command in new[] { "link set lo up", $"address add {SecondAddress}/24 dev eth0", "link set eth0 up", "route add default via 192.0.2.1" })
            await OnSecondAsync("ip", command.Split(' '));
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is null) return;
        await Shell.TryAsync("nsenter", Second(Sampan, "delete", "--data-dir", SecondData));
        await _cluster.DisposeAsync();
        await Shell.TryAsync("ip", ["netns", "delete", _second]);
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    [Fact]
    public async Task Agent_WithThePrintedCommand_JoinsAndComesBackWithoutToken()
    {
        string[] join = await StartServerAsync();
        Assert.Equal(["sampan", "agent", "--server", $"https://{HostNamespace.Address}:6443", "--token"], join[..5]);
        var agent = StartAgent(join[2..]);
        await ReadyAsync();
        await StartShellAsync();

        // The API server trusts the kubelet's certificate, which the cluster has signed, and the pod finds the cluster's Services.
        Assert.Equal("here\n", await Cluster.KubectlAsync("exec", "shell", "--", "echo", "here"));
        Assert.Contains("10.96.0.1", await Cluster.KubectlAsync("exec", "shell", "--", "nslookup", "kubernetes.default.svc.cluster.local"));
        string[] requests = (await Cluster.KubectlAsync("get", "csr", "--no-headers")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, requests.Length);
        Assert.All(requests, line => Assert.Contains("Approved,Issued", line));
        Assert.Contains("agent", (await Shell.RunAsync("nsenter", Second(Sampan, "status", "--data-dir", SecondData))).Split('\n')[1]);

        agent.Kill();
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        StartAgent(join[2..4]);
        await ReadyAsync();
        Assert.Equal("here\n", await Cluster.KubectlAsync("exec", "shell", "--", "echo", "here"));
    }

    [Fact]
    public async Task Agent_CertificatesOfMinutes_AreRenewedWhileItsPodsAreSpokenWith()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/openssl"), "not installed: openssl, which shows certificates");
        const string ReadySince = "jsonpath={.status.conditions[?(@.type=='Ready')].lastTransitionTime}";
        string[] join = await StartServerAsync("--cluster-signing-duration", "2m30s");
        var agent = StartAgent(join[2..]);
        await ReadyAsync();
        await StartShellAsync();
        var (client, serving) = (await ClientCertificateAsync(), await ServingCertificateAsync());
        var since = await Cluster.KubectlAsync("get", "node", "second", "-o", ReadySince);
        var talk = Shell.Start("nsenter", Cluster.Host.Enter("kubectl", $"--kubeconfig={Cluster.Data}/admin.conf", "exec", "-i", "shell", "--", "cat"));
        _processes.Add(talk);
        Assert.Equal("before", await EchoAsync(talk, "before"));
        await TestCluster.EventuallyAsync("both certificates are others", async () => await ClientCertificateAsync() != client && await ServingCertificateAsync() != serving);
        Assert.Equal("after", await EchoAsync(talk, "after"));
        Assert.Equal("here\n", await Cluster.KubectlAsync("exec", "shell", "--", "echo", "here"));
        Assert.Equal(since, await Cluster.KubectlAsync("get", "node", "second", "-o", ReadySince));
        Assert.False(agent.HasExited);
    }

    /// <summary>What the node shows the API server.</summary>
    private Task<string> ClientCertificateAsync() =>
        File.ReadAllTextAsync(Path.Combine(SecondData, "pki", "nodes", "second", "kubelet-client.pem"), TestContext.Current.CancellationToken);

    /// <summary>What its kubelet shows to who connects now.</summary>
    private async Task<string> ServingCertificateAsync()
    {
        var shown = await OnSecondAsync("openssl", "s_client", "-connect", $"{SecondAddress}:10250");
        return shown[shown.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)..shown.IndexOf("-----END CERTIFICATE", StringComparison.Ordinal)];
    }

    private static async Task<string?> EchoAsync(Process process, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await process.StandardInput.WriteLineAsync(text.AsMemory(), limit.Token);
        await process.StandardInput.FlushAsync(limit.Token);
        return await process.StandardOutput.ReadLineAsync(limit.Token);
    }

    /// <summary>Runs a pod on the second machine.</summary>
    private async Task StartShellAsync()
    {
        await OnSecondAsync(Sampan, "image", "load", "--data-dir", SecondData, Path.Combine(OwnCluster.Images, "busybox.tar"));
        await Cluster.KubectlAsync("run", "shell", "--image=busybox:1", "--image-pull-policy=Never", """--overrides={"spec":{"nodeName":"second"}}""", "--command", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done");
        await Cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/shell", "--timeout=120s");
    }

    /// <summary>Starts the server in a terminal, and reads the command that it prints there.</summary>
    private async Task<string[]> StartServerAsync(params string[] flags)
    {
        string command = string.Join(' ', (string[])["nsenter", .. Cluster.Host.Enter(Sampan, ["server", "--data-dir", Cluster.Data, "--node-name", "first", .. flags])]);
        var server = Shell.Start("script", ["-q", "-f", "-e", "-c", command, "/dev/null"]);
        _processes.Add(server);
        var seen = new StringBuilder();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await server.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            seen.AppendLine(line);
            if (!line.Contains("--token ", StringComparison.Ordinal)) continue;
            _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return line.Trim().Split(' ');
        }

        throw new InvalidOperationException($"the server ended:\n{seen}");
    }

    private Process StartAgent(string[] arguments)
    {
        var agent = Shell.Start("nsenter", Second(Sampan, ["agent", .. arguments, "--data-dir", SecondData, "--node-name", "second"]));
        _processes.Add(agent);
        foreach (var output in new[] { agent.StandardOutput, agent.StandardError }) _ = output.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return agent;
    }

    private async Task ReadyAsync()
    {
        var start = TimeProvider.System.GetUtcNow();
        await TestCluster.EventuallyAsync("the node is there", async () =>
            DateTimeOffset.TryParse((await Cluster.TryKubectlAsync("get", "lease", "-n", "kube-node-lease", "second", "-o", "jsonpath={.spec.renewTime}")).Output, out var renewed) && renewed >= start);
        await TestCluster.EventuallyAsync("the node is ready", async () =>
            (await Cluster.TryKubectlAsync("wait", "--for=condition=Ready", "node/second", "--timeout=10s")).ExitCode == 0);
    }

    private Task<string> OnSecondAsync(string program, params string[] arguments) => Shell.RunAsync("nsenter", Second(program, arguments));

    private string[] Second(string program, params string[] arguments) => [$"--net=/run/netns/{_second}", program, .. arguments];
}
