using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Server;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes.LocalPath;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Server;

public sealed class KubeletRoutesTests
{
    private readonly FakeVerbosity _log = new() { Verbosity = 1 };

    [Fact]
    public async Task Pods_Asked_HaveTheirNewestStatus()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));

        var list = JsonNode.Parse(await GetAsync(node, "/pods"))!;

        Assert.Equal("PodList", (string?)list["kind"]);
        Assert.Equal("a", (string?)list["items"]![0]!["metadata"]!["name"]);
        Assert.Equal("Running", (string?)list["items"]![0]!["status"]!["phase"]);
        Assert.Equal("a", (string?)JsonNode.Parse(await GetAsync(node, "/runningpods/"))!["items"]![0]!["metadata"]!["name"]);
    }

    [Fact]
    public async Task Configz_Asked_ShowsTheValuesInForce()
    {
        await using var node = new Node();
        var shown = JsonNode.Parse(await GetAsync(node, "/configz", new() { MaxPods = 7 }))!["kubeletconfig"]!;
        Assert.Equal(("KubeletConfiguration", "kubelet.config.k8s.io/v1beta1"), ((string?)shown["kind"], (string?)shown["apiVersion"]));
        Assert.Equal(7, (int)shown["maxPods"]!);
        Assert.Equal("1m0s", (string?)shown["syncFrequency"]);
        Assert.Equal("100Mi", (string?)shown["evictionHard"]!["memory.available"]);
        Assert.True((bool)shown["authentication"]!["webhook"]!["enabled"]!);
    }

    [Fact]
    public async Task Summary_Asked_TellsOfNodePodsAndContainers()
    {
        await using var node = new Node();
        node.Runtime.Usage = _ => (3_000_000_000, 5000);
        await node.RunAsync(Node.Pod("a"));

        var summary = JsonNode.Parse(await GetAsync(node, "/stats/summary"))!;

        Assert.Equal("node", (string?)summary["node"]!["nodeName"]);
        Assert.True((long)summary["node"]!["memory"]!["workingSetBytes"]! > 0);
        Assert.True((long)summary["node"]!["fs"]!["capacityBytes"]! > 0);
        Assert.True((long)summary["node"]!["rlimit"]!["maxpid"]! > 0);
        Assert.NotNull(summary["node"]!["runtime"]!["imageFs"]);
        var pod = summary["pods"]![0]!;
        Assert.Equal(("a", "default", "uid-a"), ((string?)pod["podRef"]!["name"], (string?)pod["podRef"]!["namespace"], (string?)pod["podRef"]!["uid"]));
        Assert.Equal(3_000_000_000, (long)pod["cpu"]!["usageCoreNanoSeconds"]!);
        Assert.Equal(5000, (long)pod["containers"]![0]!["memory"]!["workingSetBytes"]!);
        Assert.Equal(0, (long)pod["containers"]![0]!["rootfs"]!["usedBytes"]!);
        Assert.NotNull(pod["ephemeral-storage"]);
    }

    [Fact]
    public async Task Summary_OnlyCpuAndMemory_LeavesTheRestOut()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        var summary = JsonNode.Parse(await GetAsync(node, "/stats/summary", query: "?only_cpu_and_memory=true"))!;
        Assert.Null(summary["node"]!["fs"]);
        Assert.Null(summary["pods"]![0]!["containers"]![0]!["rootfs"]);
        Assert.NotNull(summary["pods"]![0]!["containers"]![0]!["memory"]);
    }

    /// <summary>containerd 1.6 answers the first, 1.7 the second.</summary>
    [Theory]
    [InlineData(GrpcStatusCode.Unknown)]
    [InlineData(GrpcStatusCode.Unavailable)]
    public async Task Summary_WhileAContainerEnds_IsReadAgain(GrpcStatusCode code)
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        var refused = 0;
        node.Runtime.Fault = (method, _) => method == "PodSandboxStats" || (method == "ListContainerStats" && refused++ < 2) ? new RpcException(code, "not in ready state") : null;
        Assert.Single(JsonNode.Parse(await GetAsync(node, "/stats/summary"))!["pods"]!.AsArray());
        Assert.Equal(3, refused);
    }

    [Fact]
    public async Task Metrics_OfProbes_CountResults()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].ReadinessProbe = new() { Exec = new() { Command = ["check"] }, PeriodSeconds = 1 }));
        await node.UntilAsync(() => node.ProbeMetrics.Render().Contains("probe_type=\"Readiness\",result=\"successful\"", StringComparison.Ordinal), "counted", TimeSpan.FromSeconds(1));
        Assert.Contains("prober_probe_total{container=\"web\",namespace=\"default\",pod=\"a\",pod_uid=\"uid-a\",probe_type=\"Readiness\",result=\"successful\"} ", await GetAsync(node, "/metrics/probes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cadvisor_Asked_LabelsContainersWithTheirPods()
    {
        await using var node = new Node();
        node.Runtime.Usage = _ => (1_500_000_000, 5000);
        await node.RunAsync(Node.Pod("a"));
        var text = await GetAsync(node, "/metrics/cadvisor");
        Assert.Contains("container_cpu_usage_seconds_total{container=\"web\",cpu=\"total\",id=\"//kubepods/besteffort/poduid-a/".Replace("//", "/", StringComparison.Ordinal), text, StringComparison.Ordinal);
        Assert.Contains("machine_cpu_cores 4\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LocalVolumes_PutAndDelete_MakeAndRemoveADirectory()
    {
        await using var node = new Node();
        using var directory = new TemporaryDirectory();
        Assert.Equal(directory["pvc-1a"], await SendAsync("PUT", "pvc-1a"));
        File.WriteAllText(directory["pvc-1a/data"], "x");
        Assert.Equal(directory["pvc-1a"], await SendAsync("PUT", "pvc-1a"));
        Assert.True(File.Exists(directory["pvc-1a/data"]));
        await SendAsync("DELETE", "pvc-1a");
        await SendAsync("DELETE", "pvc-1a");
        Assert.False(Directory.Exists(directory["pvc-1a"]));
        Assert.Equal(404, (await Assert.ThrowsAsync<HttpFailure>(() => SendAsync("DELETE", ".."))).Status);
        Assert.Equal(405, (await Assert.ThrowsAsync<HttpFailure>(() => SendAsync("GET", "pvc-1a"))).Status);

        async Task<string> SendAsync(string method, string name)
        {
            var context = new DefaultHttpContext { Request = { Method = method, Path = "/localVolumes/" + name } };
            using var body = new MemoryStream();
            context.Response.Body = body;
            await Routes(node, new(), volumes: directory.Path).HandleAsync(context, KubeletRoutes.Scope.All);
            return System.Text.Encoding.UTF8.GetString(body.ToArray());
        }
    }

    [Fact]
    public async Task ReadOnly_Scope_ShowsPodsButRunsNothing()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));

        Assert.Contains("\"a\"", await GetAsync(node, "/pods", scope: KubeletRoutes.Scope.ReadOnly));
        var failure = await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/exec/default/a/web", scope: KubeletRoutes.Scope.ReadOnly));
        Assert.Equal(405, failure.Status);
    }

    [Fact]
    public async Task Logs_OfTheMachine_AreListedAndServed()
    {
        await using var node = new Node();
        using var directory = new Fakes.TemporaryDirectory();
        Directory.CreateDirectory(directory["pods"]);
        await File.WriteAllTextAsync(directory["kern.log"], "hello\n");

        Assert.Equal("<pre>\n<a href=\"kern.log\">kern.log</a>\n<a href=\"pods/\">pods/</a>\n</pre>\n", await GetAsync(node, "/logs/", logs: directory.Path));
        Assert.Equal("hello\n", await GetAsync(node, "/logs/kern.log", logs: directory.Path));
        Assert.Equal(400, (await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/logs/../shadow", logs: directory.Path))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/logs/none", logs: directory.Path))).Status);
        var disabled = await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/logs/", new() { EnableSystemLogHandler = false }, logs: directory.Path));
        Assert.Equal((405, "logs endpoint is disabled."), (disabled.Status, disabled.Message));
    }

    [Fact]
    public async Task Checkpoint_OfAContainer_NamesItsFile()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));

        var answer = JsonNode.Parse(await GetAsync(node, "/checkpoint/default/a/web", method: "POST"))!;

        Assert.EndsWith("checkpoint-a_default-web-2026-01-01T00:00:00Z.tar", (string?)answer["items"]![0]);
        Assert.Equal("pod does not exist", (await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/checkpoint/default/b/web", method: "POST"))).Message);
        Assert.Equal("container x does not exist", (await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/checkpoint/default/a/x", method: "POST"))).Message);
        node.Runtime.Fault = (method, _) => method == "CheckpointContainer" ? new RpcException(GrpcStatusCode.Unimplemented, "no criu") : null;
        var failure = await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/checkpoint/default/a/web", method: "POST"));
        Assert.Equal((404, "checkpointing of default/a/web failed (rpc error: code = Unimplemented desc = no criu)"), (failure.Status, failure.Message));
    }

    /// <summary>Upstream: TestDebuggingDisabledHandlers.</summary>
    [Theory]
    [InlineData("/run/default/a/web", false, false)]
    [InlineData("/exec/default/a/web", false, false)]
    [InlineData("/attach/default/a/web", false, false)]
    [InlineData("/portForward/default/a", false, false)]
    [InlineData("/containerLogs/default/a/web", false, false)]
    [InlineData("/runningpods/", false, false)]
    [InlineData("/logs/", false, false)]
    [InlineData("/exec/default/a/web", true, true)]
    public async Task Debugging_Disabled_IsSaid(string path, bool isEnabled, bool isReadOnly)
    {
        await using var node = new Node();
        var failure = await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, path, new() { EnableDebuggingHandlers = isEnabled }, scope: isReadOnly ? KubeletRoutes.Scope.ReadOnly : KubeletRoutes.Scope.All));
        Assert.Equal((405, "Debug endpoints are disabled."), (failure.Status, failure.Message));
    }

    /// <summary>Upstream: /debug/flags/v of routes.DebugFlags.</summary>
    [Theory]
    [InlineData("PUT", "4", 200, "successfully set klog.logging.verbosity to 4\n", 4)]
    [InlineData("PUT", "x", 400, "failed set klog.logging.verbosity x: strconv.ParseInt: parsing \"x\": invalid syntax", 1)]
    [InlineData("GET", "", 406, "unsupported http method", 1)]
    public async Task Verbosity_Put_HoldsFromThenOn(string method, string text, int status, string answer, int verbosity)
    {
        await using var node = new Node();
        var (code, said) = await SendAsync(node, new(), method, text);
        Assert.Equal((status, answer, verbosity), (code, said, _log.Verbosity));
        Assert.Equal((405, "flags endpoint is disabled."), await SendAsync(node, new() { EnableDebugFlagsHandler = false }, method, text));
    }

    [Theory]
    [InlineData(true, 404)]
    [InlineData(false, 405)]
    public async Task Profiles_Asked_AreNotHere(bool isEnabled, int status)
    {
        await using var node = new Node();
        var failure = await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/debug/pprof/heap", new() { EnableProfilingHandler = isEnabled }));
        Assert.Equal(status, failure.Status);
    }

    [Fact]
    public async Task Run_Command_AnswersWithWhatItWrote()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        node.Runtime.Exec = (_, command) => new() { Stdout = Google.Protobuf.ByteString.CopyFromUtf8(string.Join('+', command)), ExitCode = command[0] == "false" ? 1 : 0 };

        Assert.Equal("echo+hi", await GetAsync(node, "/run/default/a/web", query: "?cmd=echo%20hi", method: "POST"));
        Assert.Equal("ls", await GetAsync(node, "/run/default/a/uid-a/web", query: "?cmd=ls", method: "POST"));
        var failure = await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/run/default/a/web", query: "?cmd=false", method: "POST"));
        Assert.Equal((500, "command 'false' exited with 1: "), (failure.Status, failure.Message));
        Assert.Equal(404, (await Assert.ThrowsAsync<HttpFailure>(() => GetAsync(node, "/run/default/a/other/web", query: "?cmd=ls", method: "POST"))).Status);
    }

    [Fact]
    public async Task Streams_AskedForOverWebSocket_AreCounted()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        foreach (var (path, upgrade) in new[] { ("/exec/default/a/web", "websocket"), ("/exec/default/a/web", "SPDY/3.1"), ("/portForward/default/a", "WebSocket") })
        {
            var context = new DefaultHttpContext { Request = { Method = "GET", Path = path } };
            context.Request.Headers.Upgrade = upgrade;
            await Assert.ThrowsAsync<HttpFailure>(() => Routes(node, new()).HandleAsync(context, KubeletRoutes.Scope.All));
        }

        var metrics = node.Metrics.Render();
        Assert.Contains("kubelet_websocket_streaming_requests_total{subresource=\"exec\"} 1\n", metrics);
        Assert.Contains("kubelet_websocket_streaming_requests_total{subresource=\"portforward\"} 1\n", metrics);
    }

    private async Task<(int Status, string Text)> SendAsync(Node node, KubeletConfiguration configuration, string method, string text)
    {
        using var asked = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        using var answered = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = method, Path = "/debug/flags/v", Body = asked } };
        context.Response.Body = answered;
        try
        {
            await Routes(node, configuration).HandleAsync(context, KubeletRoutes.Scope.All);
            return (200, System.Text.Encoding.UTF8.GetString(answered.ToArray()));
        }
        catch (HttpFailure failure)
        {
            return (failure.Status, failure.Message);
        }
    }

    private async Task<string> GetAsync(Node node, string path, KubeletConfiguration? configuration = null, string query = "", string method = "GET", string? logs = null, KubeletRoutes.Scope scope = KubeletRoutes.Scope.All)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = path, QueryString = new(query) } };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await Routes(node, configuration ?? new(), logs).HandleAsync(context, scope);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private KubeletRoutes Routes(Node node, KubeletConfiguration configuration, string? logs = null, string? volumes = null)
    {
        var usage = Usage(node);
        return new KubeletRoutes(
            configuration,
            new PodsHandler(() => node.Pods.Pods, node.Statuses, node.Cache),
            new LogHandler(node.Pods, node.Cache, node.Statuses, node.Services.Paths, node.Time),
            new SystemLogs(logs ?? "/nowhere"),
            new CheckpointHandler(node.Pods, node.Cache, node.Runtime, Path.Combine(Path.GetTempPath(), "kubelet-tests-checkpoints"), node.Time),
            new StreamHandler(node.Pods, node.Cache, node.Runtime, node.Metrics),
            usage,
            new ResourceMetrics(usage),
            new CadvisorMetrics(usage, node.Services.Cgroups, () => (4, 8L << 30)),
            new LocalVolumesHandler(volumes is null ? null : new LocalVolumes(volumes)),
            new MetricRegistry(),
            new VolumeMetrics(() => node.Pods.Pods, new VolumeUsageReader(node.Services.Volumes, new FakeLinux(), null, new MetricRegistry(), TimeSpan.FromMinutes(1), node.Time), node.Services.Volumes),
            new LogMetrics(usage),
            node.ProbeMetrics,
            new DebugPages("kubelet", new Dictionary<string, string>(), () => KubeletRoutes.Paths, node.Time),
            new VerbosityHandler(_log));
    }

    internal static UsageReader Usage(Node node)
    {
        var linux = new LinuxHost();
        var volumes = new VolumeUsageReader(node.Services.Volumes, linux, null, new MetricRegistry(), TimeSpan.FromMinutes(1), node.Time);
        return new UsageReader("node", "/", () => node.Pods.Pods, node.Cache, node.Runtime, node.Services.Cgroups, node.Services.Paths, volumes, linux, () => 8L << 30, node.Time);
    }
}
