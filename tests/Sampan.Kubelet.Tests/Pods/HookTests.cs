using Sampan.Api.Core.V1;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class HookTests
{
    [Fact]
    public async Task PostStart_Command_RunsInTheStartedContainer()
    {
        await using var node = new Node();

        await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PostStart = new() { Exec = new() { Command = ["hello"] } } }));

        await node.UntilAsync(() => node.Runtime.Calls.Contains("ExecSync web"), "the hook runs");
        var calls = node.Runtime.Calls.ToList();
        Assert.True(calls.FindIndex(c => c.StartsWith("StartContainer", StringComparison.Ordinal)) < calls.IndexOf("ExecSync web"));
    }

    [Fact]
    public async Task PostStart_NotEndedYet_ContainerIsNotTold()
    {
        await using var node = new Node();
        var end = new TaskCompletionSource();
        node.Runtime.BeforeExec = _ => end.Task;
        var pod = Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PostStart = new() { Exec = new() { Command = ["hello"] } } });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Runtime.Calls.Contains("ExecSync web") && node.Status(pod).ContainerStatuses is not null, "the hook runs");
        Assert.Equal(("Pending", "ContainerCreating"), (node.Status(pod).Phase, node.Status(pod).ContainerStatuses![0].State.Waiting?.Reason));

        end.SetResult();
        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "the container is told");
        Assert.True(node.Status(pod).ContainerStatuses![0].Ready);
    }

    [Fact]
    public async Task PostStart_Http_AsksTheServer()
    {
        await using var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        await using var node = new Node();

        await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PostStart = Get(server, "/started") }));

        await node.UntilAsync(() => server.Asked.Contains("GET /started"), "the hook asks");
    }

    /// <summary>Upstream: kuberuntime_termination_order_test.go.</summary>
    [Fact]
    public async Task PreStop_OfSidecars_RunsAtOnceAndTheyEndInTurn()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p =>
        {
            p.Spec.InitContainers = [Node.Container("s1", c => c.RestartPolicy = "Always"), Node.Container("s2", c => c.RestartPolicy = "Always")];
            foreach (var container in p.Spec.InitContainers.Concat(p.Spec.Containers)) container.Lifecycle = new() { PreStop = new() { Exec = new() { Command = ["bye"] } } };
        }));
        var (all, asked) = (new TaskCompletionSource(), 0);
        node.Runtime.BeforeExec = _ =>
        {
            if (Interlocked.Increment(ref asked) == 3) all.SetResult();
            return all.Task;
        };

        node.Pods.Upsert(Node.Deleted(pod));

        await node.UntilAsync(() => node.Runtime.Calls.Count(c => c.StartsWith("StopContainer", StringComparison.Ordinal)) == 3, "all are stopped");
        Assert.Equal(["web", "s2", "s1"], node.Runtime.Calls.Where(c => c.StartsWith("StopContainer", StringComparison.Ordinal)).Select(c => c.Split(' ')[1]));
    }

    /// <summary>Upstream: the container gets two seconds more, and what its hook has begun goes on in them.</summary>
    [Fact]
    public async Task PreStop_LongerThanTheGrace_GoesOnUntilTheContainerIsStopped()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PreStop = new() { Exec = new() { Command = ["bye"] } } }));
        var ended = new TaskCompletionSource();
        node.Runtime.ObeysStop = _ => false;
        node.Runtime.BeforeExec = async token =>
        {
            using var end = token.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, token);
        };

        node.Pods.Upsert(Node.Deleted(pod));

        await node.UntilAsync(() => node.Runtime.Calls.Contains("StopContainer web 2"), "the grace is over", TimeSpan.FromSeconds(1));
        Assert.False(ended.Task.IsCompleted);
        await node.UntilAsync(() => ended.Task.IsCompleted, "the hook ends with its container", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task PreStop_Http_AsksTheServerBeforeTheStop()
    {
        var wasStopped = false;
        await using var node = new Node();
        await using var server = await LoopbackServer.StartAsync(_ =>
        {
            wasStopped = node.Runtime.Calls.Any(c => c.StartsWith("StopContainer", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PreStop = Get(server, "/stopping") }));

        node.Pods.Upsert(Node.Deleted(pod));

        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "deleted");
        Assert.Equal("GET /stopping", Assert.Single(server.Asked));
        Assert.False(wasStopped);
    }

    /// <summary>Upstream: handlers_test.go.</summary>
    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task PostStart_HttpServerSaysNo_IsAnAnswerAllTheSame(int status)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var node = new Node();

        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PostStart = Get(server, "/started") }));

        await node.UntilAsync(() => node.Container(pod).Ready, "ready");
        Assert.DoesNotContain("Warning FailedPostStartHook PostStartHook failed", node.Events.All);
    }

    [Fact]
    public async Task PostStart_HttpsServerSpeaksNoTls_IsAskedWithoutItAndWithoutCredentials()
    {
        string? authorization = null;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            authorization = $"{context.Request.Headers.Authorization} {context.Request.Headers.UserAgent} {context.Request.Headers["Team"]}";
            return Task.CompletedTask;
        });
        await using var node = new Node();
        var hook = Get(server, "/started");
        hook.HttpGet!.Scheme = "HTTPS";
        hook.HttpGet.HttpHeaders = [new() { Name = "Authorization", Value = "secret" }, new() { Name = "Team", Value = "a" }];

        await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PostStart = hook }));

        Assert.Equal(" kube-lifecycle/1.36 a", authorization);
        Assert.Contains($"Warning LifecycleHTTPFallback request to HTTPS lifecycle hook 127.0.0.1:{server.Port} got HTTP response, retry with HTTP succeeded", node.Events.All);
        Assert.Contains("kubelet_lifecycle_handler_http_fallbacks_total 1", node.Metrics.Render());
    }

    [Fact]
    public async Task PostStart_WithoutAnythingToRun_Fails()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PostStart = new() { TcpSocket = new() { Port = 80 } } });

        node.Pods.Upsert(pod);

        await node.UntilAsync(() => node.Events.All.Contains("Warning FailedPostStartHook PostStartHook failed"), "it fails");
    }

    [Fact]
    public async Task PreStop_SleepLongerThanTheGrace_IsCutShort()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PreStop = new() { Sleep = new() { Seconds = 100 } } }));

        node.Pods.Upsert(Node.Deleted(pod, grace: 3));

        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "deleted", TimeSpan.FromSeconds(1));
        await node.UntilAsync(() => node.Metrics.Render().Contains("kubelet_sleep_action_terminated_early_total 1", StringComparison.Ordinal), "it was cut short");
    }

    private static LifecycleHandler Get(LoopbackServer server, string path) => new() { HttpGet = new() { Host = "127.0.0.1", Path = path, Port = server.Port } };
}
