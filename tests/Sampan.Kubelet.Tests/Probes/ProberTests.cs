using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Probes.Health;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Probes;

public sealed class ProberTests : IDisposable
{
    private readonly SimulatedRuntime _runtime = new(TimeProvider.System);
    private readonly HttpProber _http = new(TimeProvider.System);

    [Theory]
    [InlineData(200, true, "")]
    [InlineData(399, true, "Probe terminated redirects, Response body: ")]
    [InlineData(400, false, "HTTP probe failed with statuscode: 400")]
    [InlineData(500, false, "HTTP probe failed with statuscode: 500")]
    public async Task Http_Status_DecidesTheOutcome(int status, bool isSuccess, string message)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var outcome = await ProbeAsync(new Probe { HttpGet = new() { Path = "/healthz", Port = server.Port } });

        Assert.Equal((isSuccess, message), (outcome.IsSuccess, outcome.Message));
        Assert.Equal("GET /healthz", Assert.Single(server.Asked));
    }

    /// <summary>Upstream: TestHTTPProbeChecker's cases of headers.</summary>
    [Theory]
    [InlineData(null, null, "kube-probe/1.36 */*")]
    [InlineData("me/1", "text/html", "me/1 text/html")]
    [InlineData("", "", " ")]
    public async Task Http_HeadersThatAreGiven_ReplaceTheUsual(string? agent, string? accept, string expected)
    {
        var seen = "";
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            seen = $"{context.Request.Headers.UserAgent} {context.Request.Headers.Accept}";
            return Task.CompletedTask;
        });
        var get = new HTTPGetAction { Port = server.Port, HttpHeaders = [] };
        if (agent is not null) get.HttpHeaders.Add(new() { Name = "user-agent", Value = agent });
        if (accept is not null) get.HttpHeaders.Add(new() { Name = "Accept", Value = accept });
        Assert.True((await ProbeAsync(new Probe { HttpGet = get })).IsSuccess);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Http_AnswerThatIsCutOff_IsNoVerdict()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var probing = ProbeAsync(new Probe { HttpGet = new() { Port = ((IPEndPoint)server.LocalEndpoint).Port } });
        for (int tries = 0; tries < 3; tries++)
        {
            using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await connection.GetStream().ReadAtLeastAsync(new byte[1000], 1, cancellationToken: TestContext.Current.CancellationToken);
            await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        Assert.True((await probing).IsError);
    }

    /// <summary>Upstream: TestDoProbe, a prober's error is thrown away.</summary>
    [Fact]
    public async Task Liveness_ThatCannotBeAsked_KillsNobody()
    {
        await using var node = new Node();
        node.Runtime.Fault = (method, _) => method == "ExecSync" ? new RpcException(GrpcStatusCode.Unavailable, "the runtime is busy") : null;
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].LivenessProbe = new() { Exec = new() { Command = ["ok"] }, PeriodSeconds = 1, FailureThreshold = 1 }));
        string told = "Warning Unhealthy Liveness probe errored and resulted in unknown state: rpc error: code = Unavailable desc = the runtime is busy";
        await node.InTimeAsync(() => node.Events.All.Count(e => e == told) > 1, "it is told");
        Assert.Equal(0, node.Container(pod).RestartCount);
        Assert.DoesNotContain(node.Events.All, e => e.StartsWith("Normal Killing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Http_ServerThatHangs_FailsWhenItsTimeIsOver()
    {
        var asked = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var time = new FakeTimeProvider();
        using var http = new HttpProber(time);
        var pod = Node.Pod("a");
        var probing = new Prober(_runtime, http, time).ProbeAsync(pod, pod.Spec.Containers[0], new Probe { HttpGet = new() { Port = server.Port }, TimeoutSeconds = 1 }, "id", ["127.0.0.1"], default);
        await asked.Task;

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("context deadline exceeded", (await probing).Message);
    }

    [Fact]
    public async Task Http_RedirectToAnotherHost_IsAWarning()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect("http://example.test/");
            return Task.CompletedTask;
        });

        var outcome = await ProbeAsync(new Probe { HttpGet = new() { Port = server.Port } });

        Assert.Equal((true, true), (outcome.IsSuccess, outcome.IsWarning));
    }

    [Theory]
    [InlineData(302, 9, true, false)]
    [InlineData(302, 10, false, false)]
    [InlineData(308, 1, true, false)]
    [InlineData(300, 1, true, true)]
    [InlineData(304, 1, true, true)]
    public async Task Http_Redirects_AreFollowedNineTimes(int status, int times, bool isSuccess, bool isWarning)
    {
        var asked = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            if (asked++ < times)
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = "/next";
            }

            return Task.CompletedTask;
        });

        var outcome = await ProbeAsync(new Probe { HttpGet = new() { Port = server.Port } });

        Assert.Equal((isSuccess, isWarning), (outcome.IsSuccess, outcome.IsWarning));
    }

    [Fact]
    public async Task Tcp_OpenAndClosedPort_DecideTheOutcome()
    {
        int port;
        await using (var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask))
        {
            port = server.Port;
            Assert.True((await ProbeAsync(new Probe { TcpSocket = new() { Port = port } })).IsSuccess);
        }

        var unresolved = await ProbeAsync(new Probe { TcpSocket = new() { Port = "missing" } });

        Assert.Equal((true, "couldn't resolve port \"missing\" of container web"), (unresolved.IsError, unresolved.Message));
    }

    [Theory]
    [InlineData(HealthCheckResponse.Types.ServingStatus.Serving, true, "service healthy")]
    [InlineData(HealthCheckResponse.Types.ServingStatus.Unknown, false, "service unhealthy (responded with \"UNKNOWN\")")]
    public async Task Grpc_Status_DecidesTheOutcome(object status, bool isSuccess, string message)
    {
        await using var server = await LoopbackServer.StartAsync(
            async context =>
            {
                context.Response.ContentType = "application/grpc";
                await context.Response.Body.WriteAsync(GrpcFrameOf(new HealthCheckResponse { Status = (HealthCheckResponse.Types.ServingStatus)status }));
                context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = "0";
            },
            HttpProtocols.Http2);

        var outcome = await ProbeAsync(new Probe { Grpc = new() { Port = server.Port } });

        Assert.Equal((isSuccess, message), (outcome.IsSuccess, outcome.Message));
    }

    [Fact]
    public async Task Grpc_ServerWithoutHealth_SaysSo()
    {
        await using var server = await LoopbackServer.StartAsync(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            },
            HttpProtocols.Http2);

        var outcome = await ProbeAsync(new Probe { Grpc = new() { Port = server.Port } });

        Assert.Contains("does not implement the grpc health protocol", outcome.Message);
    }

    [Fact]
    public async Task LivenessByHttp_FailingAndMended_RestartsOnceAndNoMore()
    {
        // Fails once and is mended by that: time runs on while the container is restarted.
        var failures = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Exchange(ref failures, 0) == 1 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].LivenessProbe = new()
        {
            HttpGet = new() { Host = "127.0.0.1", Path = "/healthz", Port = server.Port }, PeriodSeconds = 60, FailureThreshold = 1, TimeoutSeconds = 3600,
        }));

        Interlocked.Exchange(ref failures, 1);
        await node.UntilAsync(() => node.Events.All.Contains("Normal Killing Container web failed liveness probe, will be restarted"), "killed", TimeSpan.FromSeconds(1));
        await node.UntilAsync(() => node.Container(pod) is { RestartCount: 1, State.Running: not null }, "restarted", TimeSpan.FromSeconds(1));
        Assert.Contains("Warning Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 500", node.Events.All);
    }

    [Fact]
    public async Task Readiness_WithInitialDelay_WaitsForIt()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].ReadinessProbe = new() { Exec = new() { Command = ["check"] }, InitialDelaySeconds = 30, PeriodSeconds = 1 }));

        Assert.False(node.Container(pod).Ready);
        Assert.DoesNotContain("ExecSync web", node.Runtime.Calls);
        await node.UntilAsync(() => node.Container(pod).Ready, "ready", TimeSpan.FromSeconds(1));
        Assert.Equal(0, node.Container(pod).RestartCount);
    }

    [Fact]
    public async Task Readiness_OfAContainerThatEndedBeforeItsPod_IsNotAskedFor()
    {
        await using var node = new Node();
        node.Runtime.ObeysStop = name => name != "slow";
        var pod = await node.RunAsync(Node.Pod("a", p =>
        {
            p.Spec.Containers[0].ReadinessProbe = new() { Exec = new() { Command = ["check"] }, PeriodSeconds = 1 };
            p.Spec.Containers.Add(Node.Container("slow"));
        }));
        node.Pods.Upsert(Node.Deleted(pod));
        await node.UntilAsync(() => node.Container(pod).State.Terminated is not null, "web ended");
        var before = node.Runtime.Calls.Count(c => c == "ExecSync web");

        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "the grace period is over", TimeSpan.FromSeconds(1));

        Assert.InRange(node.Runtime.Calls.Count(c => c == "ExecSync web") - before, 0, 1);
    }

    [Fact]
    public async Task Liveness_Succeeding_NeverRestarts()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].LivenessProbe = new() { Exec = new() { Command = ["cat", "/tmp/health"] }, PeriodSeconds = 5 }));

        await node.UntilAsync(() => node.Runtime.Calls.Count(c => c == "ExecSync web") >= 10, "ten probes", TimeSpan.FromSeconds(1));

        Assert.Equal(0, node.Container(pod).RestartCount);
        Assert.NotNull(node.Container(pod).State.Running);
    }

    public void Dispose()
    {
        _http.Dispose();
        _runtime.Dispose();
    }

    private static byte[] GrpcFrameOf(IMessage message) => [0, 0, 0, 0, (byte)message.CalculateSize(), .. message.ToByteArray()];

    private Task<ProbeOutcome> ProbeAsync(Probe probe)
    {
        probe.TimeoutSeconds = 60;
        var pod = Node.Pod("a");
        return new Prober(_runtime, _http, TimeProvider.System).ProbeAsync(pod, pod.Spec.Containers[0], probe, "id", ["127.0.0.1"], default);
    }
}
