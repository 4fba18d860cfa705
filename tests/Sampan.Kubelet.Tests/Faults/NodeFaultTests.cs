using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Status;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Faults;

/// <summary>What goes wrong around the kubelet, and that it ends in the right state.</summary>
public sealed class NodeFaultTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Runtime_AwayAndBack_KeepsWhatRunsAndStartsWhatWaited()
    {
        await using var node = new Node();
        var running = await node.RunAsync(Node.Pod("running"));
        var id = node.Runtime.Running("running", "web")!.Status.Id;
        node.Runtime.Fault = (_, _) => new RpcException(GrpcStatusCode.Unavailable, "connection refused");
        var late = Node.Pod("late");
        node.Pods.Upsert(late);
        await node.InTimeAsync(() => node.Events.All.Any(e => e.Contains("connection refused", StringComparison.Ordinal)), "the failure is told");

        node.Runtime.Fault = (_, _) => null;
        await node.InTimeAsync(() => node.Status(late).Phase == "Running", "the waiting pod runs");

        Assert.Equal(id, node.Runtime.Running("running", "web")!.Status.Id);
        Assert.Equal(0, node.Container(running).RestartCount);
    }

    [Fact]
    public async Task ApiServer_AwayForAnHour_HearsTheNewestStatusAfterwards()
    {
        var time = new FakeTimeProvider();
        var api = new LostApi();
        await using var client = new ApiClient(api);
        await using var statuses = new PodStatusManager(client, p => p.Metadata.Uid, new PodMetrics(new MetricRegistry(), time), time, NullLogger.Instance);
        var pod = Node.Pod("a");
        statuses.Set(pod, new PodStatus { Phase = "Pending" });
        await Eventually.TrueAsync(() => api.Tries >= 50, "it is tried again and again", () => time.Advance(TimeSpan.FromMinutes(2)));
        statuses.Set(pod, new PodStatus { Phase = "Running" });

        api.IsAway = false;

        await Eventually.TrueAsync(() => api.Sent.Any(s => s.Contains("Running", StringComparison.Ordinal)), "the status arrives", () => time.Advance(Second));
        Assert.DoesNotContain(api.Sent, s => s.Contains("Pending", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disk_Full_WaitsUntilThereIsRoom()
    {
        await using var node = new Node();
        node.Runtime.Fault = (method, _) => method == "CreateContainer" ? new RpcException(GrpcStatusCode.Unknown, "write: no space left on device") : null;
        var pod = Node.Pod("a");
        node.Pods.Upsert(pod);
        await node.InTimeAsync(() => node.Container(pod).State.Waiting is { Reason: "CreateContainerError", Message: "write: no space left on device" }, "it waits");

        node.Runtime.Fault = (_, _) => null;

        await node.InTimeAsync(() => node.Status(pod).Phase == "Running", "it runs");
        Assert.Equal(0, node.Container(pod).RestartCount);
    }

    [Fact]
    public async Task Container_IgnoringItsSignal_IsKilledWhenItsGraceIsOver()
    {
        await using var node = new Node();
        node.Runtime.ObeysStop = _ => false;
        var pod = await node.RunAsync(Node.Pod("a"));
        var deletedAt = node.Time.GetUtcNow();

        node.Pods.Upsert(Node.Deleted(pod));
        await node.InTimeAsync(() => node.Statuses.Deleted.Contains("a"), "it leaves");

        Assert.True(node.Time.GetUtcNow() - deletedAt >= TimeSpan.FromSeconds(30));
        Assert.Contains(node.Statuses.History, s => s.ContainerStatuses?[0].State.Terminated?.ExitCode == 137);
        Assert.Empty(node.Runtime.Containers);
    }

    [Fact]
    public async Task Probe_ThatHangs_KeepsNobodyFromEndingThePod()
    {
        await using var node = new Node();
        var answer = new TaskCompletionSource();
        node.Runtime.BeforeExec = ct => answer.Task.WaitAsync(ct);
        var pod = Node.Pod("a", p =>
        {
            p.Spec.Containers[0].ReadinessProbe = new() { Exec = new() { Command = ["check"] }, PeriodSeconds = 1 };
            p.Spec.Containers.Add(Node.Container("other"));
        });
        node.Pods.Upsert(pod);
        await node.InTimeAsync(() => node.Runtime.Calls.Contains("ExecSync web"), "it is probed");
        Assert.False(node.Container(pod).Ready);
        await node.InTimeAsync(() => node.Container(pod, "other").Ready, "the other container is ready");

        node.Pods.Upsert(Node.Deleted(pod));

        await node.InTimeAsync(() => node.Statuses.Deleted.Contains("a"), "it leaves");
        Assert.Empty(node.Runtime.Containers);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Clock_SetADay_HoldsNothingUpAndRestartsNothing(int days)
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers.Add(Node.Container("steady"))));
        var steady = node.Container(pod, "steady").ContainerID;
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 1);
            if (attempt == 3) node.Time.ClockOff = TimeSpan.FromDays(days);
            await node.InTimeAsync(() => node.Container(pod) is { State.Running: not null } web && web.RestartCount == attempt, $"restart {attempt}");
        }

        Assert.Equal(steady, node.Container(pod, "steady").ContainerID);
        Assert.Single(node.Runtime.Containers, c => c.Status is { State: Cri.ContainerState.ContainerRunning, Metadata.Name: "web" });
    }

    [Fact]
    public async Task Clock_JumpingADay_RestartsNothing()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].LivenessProbe = new() { Exec = new() { Command = ["check"] }, PeriodSeconds = 3600 }));

        node.Time.Advance(TimeSpan.FromDays(1));
        await node.InTimeAsync(() => node.Runtime.Calls.Contains("ExecSync web"), "it is probed");

        Assert.Equal("Running", node.Status(pod).Phase);
        Assert.Equal(0, node.Container(pod).RestartCount);
    }

    /// <summary>Upstream admits every pod again, and by then nothing of these runs; what still runs is left alone.</summary>
    [Fact]
    public async Task Machine_RebootedWithoutWhatAPodNeeds_TurnsItAway()
    {
        await using var node = new Node();
        node.Api.Metadata.Labels!["disk"] = "ssd";
        var (steady, ended, over) = (Picky("steady"), Picky("ended"), Picky("over", p => p.Spec.RestartPolicy = "Never"));
        foreach (var pod in new[] { steady, ended, over })
        {
            await node.RunAsync(pod);
        }

        var id = node.Container(steady).ContainerID;
        await node.Pods.DisposeAsync();
        foreach (var pod in new[] { ended, over })
        {
            await node.Runtime.StopPodSandboxAsync(node.Cache.Get(pod.Metadata.Uid).LatestSandbox!.Id, default);
            await node.Cache.RefreshAsync(pod.Metadata.Uid, default);
        }

        node.Api.Metadata.Labels.Remove("disk");
        await using var later = new PodManager(node.Services);
        foreach (var pod in new[] { steady, ended, over })
        {
            later.Upsert(pod);
        }

        await node.InTimeAsync(() => node.Status(ended).Phase == "Failed" && node.Status(over).Phase is "Failed" or "Succeeded", "they are over");
        Assert.Equal("NodeAffinity", node.Status(ended).Reason);
        Assert.Null(node.Status(over).Reason);
        Assert.Equal(("Running", id), (node.Status(steady).Phase, node.Container(steady).ContainerID));

        static Pod Picky(string name, Action<Pod>? change = null) => Node.Pod(name, p =>
        {
            p.Spec.NodeSelector = new() { ["disk"] = "ssd" };
            change?.Invoke(p);
        });
    }

    [Fact]
    public async Task Machine_Rebooted_StartsItsPodsAgain()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));

        // After a reboot the runtime knows its sandboxes and containers, but none of them runs.
        await node.Runtime.StopPodSandboxAsync(node.Cache.Get(pod.Metadata.Uid).LatestSandbox!.Id, default);

        await node.InTimeAsync(() => node.Container(pod) is { RestartCount: 1, State.Running: not null }, "it runs again");
        Assert.Equal(1U, node.Cache.Get(pod.Metadata.Uid).ReadySandbox!.Metadata.Attempt);
    }

    /// <summary>An API server that cannot be reached until the test says so.</summary>
    private sealed class LostApi : IApiTransport
    {
        private int _tries;

        public bool IsAway { get; set; } = true;

        public int Tries => Volatile.Read(ref _tries);

        public ConcurrentQueue<string> Sent { get; } = new();

        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _tries);
            if (IsAway) throw new ApiConnectionException("connection refused");
            Sent.Enqueue(request.Content is { } content ? System.Text.Encoding.UTF8.GetString(content.Encode(WireFormat.Json).Bytes.Span) : "");
            return Task.FromResult(new ApiResponse { Value = Node.Pod("a") });
        }

        public async IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
