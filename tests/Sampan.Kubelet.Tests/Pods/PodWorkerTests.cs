using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class PodWorkerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Start_NewPod_RunsAndIsReady()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));

        await node.UntilAsync(() => node.Container(pod).Ready, "ready");
        var status = node.Status(pod);
        Assert.Equal("True", status.Conditions!.Single(c => c.Type == "Ready").Status);
        Assert.StartsWith("10.0.", status.PodIP);
        Assert.Equal("192.0.2.1", status.HostIP);
        Assert.StartsWith("simulated://", node.Container(pod).ContainerID);
        Assert.Contains("Normal Pulling Pulling image \"registry.test/web:1\"", node.Events.All);
        Assert.Contains("Normal Started Container started", node.Events.All);
    }

    [Fact]
    public async Task Exit_RestartPolicyAlways_RestartsAtOnceThenBacksOff()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 1);
        await node.UntilAsync(() => node.Container(pod).RestartCount == 1 && node.Container(pod).State.Running is not null, "first restart");
        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 1);
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "CrashLoopBackOff", "back-off");

        var waiting = node.Container(pod).State.Waiting!;
        Assert.Equal("back-off 10s restarting failed container=web pod=a_default(uid-a)", waiting.Message);
        Assert.Equal(1, node.Container(pod).LastState.Terminated!.ExitCode);
        Assert.Contains("Warning BackOff Back-off restarting failed container web in pod a_default(uid-a)", node.Events.All);
        node.Time.Advance(9 * Second);
        Assert.Null(node.Runtime.Running("a", "web"));
        await node.UntilAsync(() => node.Container(pod).RestartCount == 2 && node.Container(pod).State.Running is not null, "second restart", Second);
    }

    [Fact]
    public async Task Exit_RestartPolicyNever_EndsThePod()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.RestartPolicy = "Never"));

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 3);
        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed");

        Assert.Equal(3, node.Container(pod).State.Terminated!.ExitCode);
        Assert.Empty(node.Statuses.Deleted);
        await node.UntilAsync(() => node.Runtime.Calls.Any(c => c.StartsWith("StopPodSandbox", StringComparison.Ordinal)), "sandbox stopped");
    }

    [Fact]
    public async Task Exit_OnFailureWithCodeZero_Succeeds()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.RestartPolicy = "OnFailure"));

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 0);

        await node.UntilAsync(() => node.Status(pod).Phase == "Succeeded", "succeeded");
        Assert.Equal("PodCompleted", node.Status(pod).Conditions!.Single(c => c.Type == "Ready").Reason);
    }

    [Fact]
    public async Task Delete_RunningPod_StopsWithItsGraceAndLeavesTheApi()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));

        node.Pods.Upsert(Node.Deleted(pod, grace: 7));
        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "deleted");

        Assert.Contains("StopContainer web 7", node.Runtime.Calls);
        Assert.Empty(node.Runtime.Containers);
        Assert.Equal(0, node.Container(pod).State.Terminated!.ExitCode);
        Assert.Contains("Normal Killing Stopping container web", node.Events.All);
    }

    [Fact]
    public async Task Delete_WithShorterGrace_HurriesTheStop()
    {
        await using var node = new Node();
        node.Runtime.ObeysStop = _ => false;
        var pod = await node.RunAsync(Node.Pod("a"));

        node.Pods.Upsert(Node.Deleted(pod, grace: 600));
        await node.UntilAsync(() => node.Runtime.Calls.Contains("StopContainer web 600"), "first stop");
        node.Pods.Upsert(Node.Deleted(pod, grace: 0));

        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "deleted");
        Assert.Contains("StopContainer web 0", node.Runtime.Calls);
        Assert.Equal(137, node.Container(pod).State.Terminated!.ExitCode);
    }

    [Fact]
    public async Task Delete_WhileImageIsPulled_InterruptsTheStart()
    {
        await using var node = new Node();
        node.Runtime.Fault = (method, _) => method == "PullImage" ? new RpcException(GrpcStatusCode.NotFound, "no such image") : null;
        var pod = Node.Pod("a");
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "ErrImagePull", "pull fails");

        node.Pods.Upsert(Node.Deleted(pod));

        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "deleted");
    }

    [Fact]
    public async Task Pull_Failing_BacksOffAndThenWorks()
    {
        await using var node = new Node();
        var fails = true;
        node.Runtime.Fault = (method, _) => method == "PullImage" && fails ? new RpcException(GrpcStatusCode.NotFound, "no such image") : null;
        var pod = Node.Pod("a");
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "ErrImagePull", "first failure");
        node.Pods.Upsert(pod.DeepClone());
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "ImagePullBackOff", "back-off", Second);
        Assert.Equal("Back-off pulling image \"registry.test/web:1\": ErrImagePull: rpc error: code = NotFound desc = no such image", node.Container(pod).State.Waiting!.Message);

        fails = false;
        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "runs", Second);

        Assert.Contains("Warning Failed Error: ErrImagePull", node.Events.All);
        Assert.Contains("Normal BackOff Back-off pulling image \"registry.test/web:1\"", node.Events.All);
    }

    [Fact]
    public async Task Delete_FailedPod_LeavesTheApi()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.RestartPolicy = "Never"));
        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 1);
        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "it fails");

        node.Pods.Upsert(Node.Deleted(pod));

        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "it leaves", Second);
        Assert.Empty(node.Runtime.Containers);
    }

    [Fact]
    public async Task Liveness_FailingAgainAndAgain_CountsEveryRestart()
    {
        await using var node = new Node();
        node.Runtime.Exec = (_, _) => new() { ExitCode = 1 };
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].LivenessProbe = new() { Exec = new() { Command = ["check"] }, PeriodSeconds = 1, FailureThreshold = 1 }));

        await node.UntilAsync(() => node.Container(pod).RestartCount >= 5, "five restarts", Second);

        var counts = node.Statuses.History.Select(s => s.ContainerStatuses?.FirstOrDefault()?.RestartCount ?? 0).ToList();
        Assert.Equal(counts.Order(), counts);
    }

    [Fact]
    public async Task Sandbox_Dying_IsReplacedWithItsContainers()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));
        var sandbox = node.Cache.Get(pod.Metadata.Uid).LatestSandbox!;

        await node.Runtime.StopPodSandboxAsync(sandbox.Id, default);

        await node.UntilAsync(() => node.Cache.Get(pod.Metadata.Uid).ReadySandbox is { Metadata.Attempt: 1 } && node.Runtime.Running("a", "web") is not null, "new sandbox", Second);
        Assert.Contains("Normal SandboxChanged Pod sandbox changed, it will be killed and re-created.", node.Events.All);
    }

    [Fact]
    public async Task Liveness_Failing_RestartsTheContainer()
    {
        await using var node = new Node();
        var healthy = true;
        node.Runtime.Exec = (_, _) => new() { ExitCode = healthy ? 0 : 1 };
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].LivenessProbe = new()
        {
            Exec = new() { Command = ["check"] },
            PeriodSeconds = 5,
            FailureThreshold = 2,
            SuccessThreshold = 1,
        }));

        healthy = false;
        await node.UntilAsync(() => node.Events.All.Any(e => e.Contains("failed liveness probe", StringComparison.Ordinal)), "killed", Second);
        healthy = true;

        await node.UntilAsync(() => node.Container(pod).RestartCount == 1 && node.Container(pod).State.Running is not null, "restarted", Second);
        Assert.Contains("Normal Killing Container web failed liveness probe, will be restarted", node.Events.All);
    }

    [Fact]
    public async Task Readiness_OfProbe_FollowsIt()
    {
        await using var node = new Node();
        var healthy = false;
        node.Runtime.Exec = (_, _) => new() { ExitCode = healthy ? 0 : 1 };
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].ReadinessProbe = new() { Exec = new() { Command = ["check"] }, PeriodSeconds = 1 }));
        Assert.False(node.Container(pod).Ready);

        healthy = true;
        await node.UntilAsync(() => node.Container(pod).Ready, "ready", Second);
        healthy = false;

        await node.UntilAsync(() => !node.Container(pod).Ready, "unready", Second);
        Assert.Equal(0, node.Container(pod).RestartCount);
    }

    [Fact]
    public async Task PreStop_Hook_RunsBeforeTheStop()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PreStop = new() { Exec = new() { Command = ["bye"] } } }));

        node.Pods.Upsert(Node.Deleted(pod));
        await node.UntilAsync(() => node.Statuses.Deleted.Contains("a"), "deleted");

        var calls = node.Runtime.Calls.ToList();
        Assert.True(calls.IndexOf("ExecSync web") < calls.FindIndex(c => c.StartsWith("StopContainer", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PostStart_Failing_KillsTheContainer()
    {
        await using var node = new Node();
        node.Runtime.Exec = (_, _) => new() { ExitCode = 1 };
        var pod = Node.Pod("a", p => p.Spec.Containers[0].Lifecycle = new() { PostStart = new() { Exec = new() { Command = ["hello"] } } });
        node.Pods.Upsert(pod);

        await node.UntilAsync(() => node.Events.All.Contains("Warning FailedPostStartHook PostStartHook failed"), "event");

        await node.UntilAsync(() => node.Runtime.Calls.Any(c => c.StartsWith("StopContainer web", StringComparison.Ordinal)), "it stops");
    }

    [Fact]
    public async Task Deadline_Passed_FailsThePod()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.ActiveDeadlineSeconds = 60));

        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed", TimeSpan.FromSeconds(10));

        Assert.Equal("DeadlineExceeded", node.Status(pod).Reason);
        Assert.Null(node.Runtime.Running("a", "web"));
    }

    [Fact]
    public async Task NewKubelet_FindingRunningContainers_LeavesThemAlone()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));
        var id = node.Runtime.Running("a", "web")!.Status.Id;
        await node.Pods.DisposeAsync();

        var next = new Sampan.Kubelet.Pods.PodManager(node.Services);
        await using var second = next;
        next.Upsert(pod);
        await next.EndOrphansAsync(default);
        await node.UntilAsync(() => node.Statuses.History.Count > 3, "looked at");

        Assert.Equal(id, node.Runtime.Running("a", "web")!.Status.Id);
        Assert.Single(node.Runtime.Calls, c => c == "StartContainer web");
    }

    [Fact]
    public async Task NewKubelet_BeforeTheFirstProbe_KeepsReadiness()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].ReadinessProbe = new() { Exec = new() { Command = ["check"] }, PeriodSeconds = 1 }));
        await node.UntilAsync(() => node.Container(pod).Ready, "ready", Second);
        await node.Pods.DisposeAsync();
        node.Probes.Remove(pod.Metadata.Uid);
        var known = node.Statuses.History.Count;

        await using var next = new Sampan.Kubelet.Pods.PodManager(node.Services);
        next.Upsert(pod);
        await node.UntilAsync(() => node.Statuses.History.Count > known, "looked at");

        Assert.All(node.Statuses.History.Skip(known), status => Assert.True(status.ContainerStatuses![0].Ready));
    }

    /// <summary>What a startup probe looks for need not be there for good.</summary>
    [Fact]
    public async Task NewKubelet_ContainerThatHadStarted_IsNotAskedAgainWhetherItHas()
    {
        await using var node = new Node();
        int startups = 0, checks = 0;
        node.Runtime.Exec = (_, command) => command[0] == "started"
            ? new() { ExitCode = Interlocked.Increment(ref startups) == 1 ? 0 : 1 }
            : new() { ExitCode = Interlocked.Increment(ref checks) > 0 ? 0 : 1 };
        var pod = await node.RunAsync(Node.Pod("a", p =>
        {
            p.Spec.Containers[0].StartupProbe = new() { Exec = new() { Command = ["started"] }, PeriodSeconds = 1, FailureThreshold = 1 };
            p.Spec.Containers[0].LivenessProbe = new() { Exec = new() { Command = ["alive"] }, PeriodSeconds = 1 };
        }));
        await node.UntilAsync(() => node.Container(pod).Started == true && Volatile.Read(ref checks) > 0, "started", Second);
        await node.Pods.DisposeAsync();
        node.Probes.Remove(pod.Metadata.Uid);
        var known = Volatile.Read(ref checks);

        await using var next = new Sampan.Kubelet.Pods.PodManager(node.Services);
        next.Upsert(pod);
        await node.UntilAsync(() => Volatile.Read(ref checks) > known + 3, "watched over again", Second);

        Assert.Equal((1, true, 0), (Volatile.Read(ref startups), node.Container(pod).Started, node.Container(pod).RestartCount));
    }

    [Fact]
    public async Task EndOrphans_OfPodThatNobodyWants_RemovesIt()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        await node.Pods.DisposeAsync();

        await using var next = new Sampan.Kubelet.Pods.PodManager(node.Services);
        await next.EndOrphansAsync(default);

        await node.UntilAsync(() => !node.Runtime.Containers.Any(), "removed");
        Assert.Empty(node.Statuses.Deleted);
    }

    [Fact]
    public async Task Config_Missing_WaitsAndSaysWhy()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.Containers[0].EnvFrom = [new() { ConfigMapRef = new() { Name = "settings" } }]);
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "CreateContainerConfigError", "waits");
        Assert.Equal("configmap \"settings\" not found", node.Container(pod).State.Waiting!.Message);

        node.Objects.ConfigMaps["settings"] = new ConfigMap { Data = new() { ["KEY"] = "value" } };

        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "runs", Second);
        Assert.Contains(node.Runtime.Running("a", "web")!.Config.Envs, e => e.Key == "KEY" && e.Value.ToStringUtf8() == "value");
    }
}
