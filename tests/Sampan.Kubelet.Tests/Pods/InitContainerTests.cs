using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>Init containers and sidecars, as their pod's worker runs them.</summary>
public sealed class InitContainerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Init_Containers_RunOneAfterAnotherBeforeTheOthers()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.InitContainers = [Node.Container("one"), Node.Container("two")]);
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod, "one").State.Running is not null, "one runs");
        Assert.Equal("PodInitializing", node.Container(pod).State.Waiting!.Reason);
        Assert.Null(node.Runtime.Running("a", "two"));

        node.Runtime.Exit(node.Runtime.Running("a", "one")!.Status.Id, 0);
        await node.UntilAsync(() => node.Container(pod, "two").State.Running is not null, "two runs");
        Assert.Null(node.Runtime.Running("a", "web"));
        node.Runtime.Exit(node.Runtime.Running("a", "two")!.Status.Id, 0);

        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "main runs");
        Assert.Equal("True", node.Status(pod).Conditions!.Single(c => c.Type == "Initialized").Status);
    }

    /// <summary>Upstream: "should restart the containers in right order after the node reboot".</summary>
    [Fact]
    public async Task Sandbox_Dying_LeavesThePodPendingUntilItIsInitializedAnew()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.InitContainers = [Node.Container("one"), Node.Container("side", c => c.RestartPolicy = "Always")]);
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod, "one").State.Running is not null, "it is being initialized");
        node.Runtime.Exit(node.Runtime.Running("a", "one")!.Status.Id, 0);
        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "it runs");

        await node.Runtime.StopPodSandboxAsync(node.Cache.Get("uid-a").ReadySandbox!.Id, default);

        await node.UntilAsync(() => node.Container(pod, "one") is { RestartCount: 1, State.Running: not null }, "it is being initialized anew", Second);
        Assert.Equal("Pending", node.Status(pod).Phase);
        node.Runtime.Exit(node.Runtime.Running("a", "one")!.Status.Id, 0);
        await node.UntilAsync(() => node.Status(pod).Phase == "Running" && node.Container(pod) is { RestartCount: 1, State.Running: not null }, "it runs again", Second);
    }

    [Fact]
    public async Task Init_FailingWithPolicyNever_FailsThePod()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p =>
        {
            p.Spec.RestartPolicy = "Never";
            p.Spec.InitContainers = [Node.Container("one")];
        });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod, "one").State.Running is not null, "one runs");

        node.Runtime.Exit(node.Runtime.Running("a", "one")!.Status.Id, 1);

        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed");
        Assert.DoesNotContain("StartContainer web", node.Runtime.Calls);
    }

    [Fact]
    public async Task Init_SucceedingWithPolicyNever_LetsThePodSucceed()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p =>
        {
            p.Spec.RestartPolicy = "Never";
            p.Spec.InitContainers = [Node.Container("one"), Node.Container("two")];
        });
        node.Pods.Upsert(pod);
        foreach (var name in new[] { "one", "two", "web" })
        {
            await node.UntilAsync(() => node.Container(pod, name).State.Running is not null, $"{name} runs");
            node.Runtime.Exit(node.Runtime.Running("a", name)!.Status.Id, 0);
        }

        await node.UntilAsync(() => node.Status(pod).Phase == "Succeeded", "it succeeds");
        Assert.All(new[] { "one", "two", "web" }, name => Assert.Equal((0, 0), (node.Container(pod, name).State.Terminated!.ExitCode, node.Container(pod, name).RestartCount)));
    }

    [Fact]
    public async Task Init_FailsBesideASidecar_ThePodFailsWhenBothHaveEnded()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p =>
        {
            p.Spec.RestartPolicy = "Never";
            p.Spec.InitContainers = [Node.Container("side", c => c.RestartPolicy = "Always"), Node.Container("init")];
        });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Runtime.Running("a", "init") is not null, "the init container runs");
        node.Runtime.ObeysStop = _ => false;

        node.Runtime.Exit(node.Runtime.Running("a", "init")!.Status.Id, 1);

        await node.UntilAsync(() => node.Runtime.Calls.Any(c => c.StartsWith("StopContainer side", StringComparison.Ordinal)), "the sidecar is told to stop");
        Assert.Equal("Pending", node.Status(pod).Phase);
        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed", Second);
        Assert.Null(node.Runtime.Running("a", "side"));
    }

    [Fact]
    public async Task Sidecar_OfFinishedPod_IsStoppedAndThePodSucceeds()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a", p =>
        {
            p.Spec.RestartPolicy = "Never";
            p.Spec.InitContainers = [Node.Container("side", c => c.RestartPolicy = "Always")];
        }));
        Assert.NotNull(node.Runtime.Running("a", "side"));

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 0);

        await node.UntilAsync(() => node.Status(pod).Phase == "Succeeded", "succeeded");
        Assert.Null(node.Runtime.Running("a", "side"));
    }
}
