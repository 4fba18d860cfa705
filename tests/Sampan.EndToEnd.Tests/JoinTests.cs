using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
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
    public async Task Agent_ThatMayNotJoin_SaysWhyAndJoinsAllTheSameAfterwards()
    {
        string[] join = await StartServerAsync();
        string server = join[3], token = join[5], hash = token[token.IndexOf(':', StringComparison.Ordinal)..];
        string expired = (await Cluster.SampanAsync("token", "create")).Trim().Split(' ')[^1];
        await Cluster.KubectlAsync("patch", "secret", "-n", "kube-system", $"bootstrap-token-{expired.Split('.')[0]}", "-p", """{"stringData":{"expiration":"2020-01-01T00:00:00Z"}}""");
        await RefusedAsync("the cluster does not accept the token abcdef", server, $"abcdef.0123456789abcdef{hash}");
        await RefusedAsync("get a new one on the server with: sampan token create", server, expired);
        await RefusedAsync("is not the one that the token was made for", server, $"{token.Split(':')[0]}:sha256:{new string('0', 64)}");
        await RefusedAsync("no cluster answers at", server.Replace("6443", "6444", StringComparison.Ordinal), token);
        await RefusedAsync("is no URL of a server: write it as https://", $"{HostNamespace.Address}:6443", token);
        await RefusedAsync("\"Bad_Name\" is no name for a node", server, token, "--node-name", "Bad_Name");
        await RefusedAsync("203.0.113.9 is no address of this machine", server, token, "--node-ip=203.0.113.9");
        await RefusedAsync($"a node named first is in the cluster already, at {HostNamespace.Address}", server, token, "--node-name", "first");
        StartAgent(join[2..]);
        await ReadyAsync();
    }

    /// <summary>In the manner of `kubeadm token`.</summary>
    [Fact]
    public async Task Token_MadeAndDeleted_IsListedBetween()
    {
        await StartServerAsync();
        Assert.Equal("abcdef.0123456789abcdef", (await Cluster.SampanAsync(
            "token", "create", "abcdef.0123456789abcdef", "--ttl", "0", "--description", "for the lab", "--print-join-command=false")).Trim());
        string[] lines = (await Cluster.SampanAsync("token", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^TOKEN +TTL +EXPIRES +USAGES +DESCRIPTION +EXTRA GROUPS", lines[0]);
        Assert.Matches(
            @"^abcdef\.0123456789abcdef +<forever> +<never> +authentication,signing +for the lab +system:bootstrappers:kubeadm:default-node-token *$",
            Assert.Single(lines, line => line.StartsWith("abcdef.", StringComparison.Ordinal)));
        Assert.Matches(" (24|23)h +2", Assert.Single(lines, line => line.Contains("made by sampan", StringComparison.Ordinal)));
        Assert.Contains("\"token\": \"abcdef.0123456789abcdef\"", await Cluster.SampanAsync("token", "list", "-o", "json"));
        Assert.Contains("a token with id \"abcdef\" already exists", (await Cluster.TrySampanAsync("token", "create", "abcdef.0123456789abcdef")).Error);
        Assert.Equal("bootstrap token \"abcdef\" deleted", (await Cluster.SampanAsync("token", "delete", "abcdef")).Trim());
        Assert.Contains("failed to delete bootstrap token \"abcdef\"", (await Cluster.TrySampanAsync("token", "delete", "abcdef")).Error);
        Assert.DoesNotContain("abcdef.", await Cluster.SampanAsync("token", "list"));
    }

    /// <summary>After a loss of power the machines come back in any order.</summary>
    [Fact]
    public async Task Agent_StartedBeforeItsServer_WaitsForIt()
    {
        string[] join = await StartServerAsync();
        var agent = StartAgent(join[2..]);
        await ReadyAsync();
        agent.Kill();
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Cluster.SampanAsync("down");
        agent = Shell.Start("nsenter", Second(Sampan, ["agent", .. join[2..4], "--data-dir", SecondData, "--node-name", "second"]));
        _processes.Add(agent);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        string? line;
        do line = await agent.StandardError.ReadLineAsync(limit.Token);
        while (line?.Contains("Waiting for the server", StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        foreach (var output in new[] { agent.StandardOutput, agent.StandardError }) _ = output.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        await StartServerAsync();
        await ReadyAsync();
    }

    [Fact]
    public async Task Agent_CertificatesOfMinutes_AreRenewedWhileItsPodsAreSpokenWith()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/openssl"), "not installed: openssl, which shows certificates");
        const string ReadySince = "jsonpath={.status.conditions[?(@.type=='Ready')].lastTransitionTime}";
        string[] join = await StartServerAsync("--cluster-signing-duration", "2m");
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

        // And beyond the end of the first ones: the kubelet writes to the API server, and is connected to.
        var end = new[] { client, serving }.Max(EndOf);
        await TestCluster.EventuallyAsync("the kubelet writes after its first certificates have ended", async () =>
            DateTimeOffset.TryParse(await Cluster.KubectlAsync("get", "lease", "-n", "kube-node-lease", "second", "-o", "jsonpath={.spec.renewTime}"), out var renewed) && renewed > end);
        Assert.Equal("still", await EchoAsync(talk, "still"));
        Assert.Equal("here\n", await Cluster.KubectlAsync("exec", "shell", "--", "echo", "here"));
        Assert.Equal(since, await Cluster.KubectlAsync("get", "node", "second", "-o", ReadySince));
        Assert.False(agent.HasExited);
    }

    private async Task RefusedAsync(string reason, string server, string token, params string[] more)
    {
        var result = await Shell.TryAsync("nsenter", Second(Sampan, ["agent", "--server", server, "--token", token, "--data-dir", SecondData, .. more is ["--node-name", ..] ? more : ["--node-name", "second", .. more]]));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, Whole(result.Error));
        Assert.DoesNotContain("   at ", result.Error);
    }

    /// <summary>A message without its line breaks.</summary>
    private static string Whole(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static DateTimeOffset EndOf(string pem)
    {
        int end = pem.IndexOf("-----END CERTIFICATE", StringComparison.Ordinal);
        using var certificate = X509Certificate2.CreateFromPem(end < 0 ? pem + "-----END CERTIFICATE-----" : pem);
        return certificate.NotAfter;
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
