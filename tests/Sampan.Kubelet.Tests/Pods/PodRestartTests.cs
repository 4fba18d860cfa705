using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Status;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>RestartAllContainers: the end of one container starts the whole pod over where it is.</summary>
public sealed class PodRestartTests
{
    private const int Code = 88;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("web")]
    [InlineData("other")]
    [InlineData("sidecar")]
    public async Task Exit_WithTheRulesCode_StartsAllOverInTheSameSandbox(string source)
    {
        await using var node = new Node();
        var pod = await StartAsync(node, source);
        var (sandbox, address) = (node.Cache.Get("uid-a").ReadySandbox!.Id, node.Status(pod).PodIP);

        Exit(node, source);
        await node.UntilAsync(() => node.Container(pod, "init").RestartCount == 1 && node.Container(pod, "init").State.Running is not null, "the init container runs again");
        Assert.Null(node.Runtime.Running("a", "web"));
        Exit(node, "init", 0);
        await node.UntilAsync(() => node.Status(pod).Phase == "Running" && All(node, pod).All(c => c.RestartCount == 1), "everything runs again");

        Assert.Equal((sandbox, address), (node.Cache.Get("uid-a").ReadySandbox!.Id, node.Status(pod).PodIP));
        Assert.All(All(node, pod), c => Assert.Equal((137, "RestartingAllContainers"), (c.LastState.Terminated?.ExitCode, c.LastState.Terminated?.Reason)));
        Assert.Contains(node.Statuses.History, s => s.ContainerStatuses.OrEmpty().Any(c => c is { State.Waiting.Reason: "RestartingAllContainers", RestartCount: 1 }));
        await node.UntilAsync(() => Restarting(node, pod)?.Status == "False", "the pod is not marked any more");
        Assert.DoesNotContain(node.Runtime.Calls, c => c.StartsWith("StopPodSandbox", StringComparison.Ordinal));
        Assert.Contains("StopContainer " + (source == "web" ? "other" : "web") + " 0", node.Runtime.Calls);
    }

    [Fact]
    public async Task Exit_OfAnInitContainerWithTheRulesCode_RunsThoseBeforeItAgain()
    {
        await using var node = new Node();
        var pod = Pod("second");
        pod.Spec.InitContainers!.Add(Ruled(Node.Container("second"), "second"));
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Runtime.Running("a", "init") is not null, "the first runs");
        Exit(node, "init", 0);
        await node.UntilAsync(() => node.Runtime.Running("a", "second") is not null, "the second runs");

        Exit(node, "second");

        await node.UntilAsync(() => node.Container(pod, "init") is { RestartCount: 1, State.Running: not null }, "the first runs again");
        Assert.Equal("Pending", node.Status(pod).Phase);
    }

    [Fact]
    public async Task Exit_WithAnotherCode_EndsThePodAsItsPolicySays()
    {
        await using var node = new Node();
        var pod = await StartAsync(node, "web");

        Exit(node, "web", 1);
        Exit(node, "other", 0);

        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed");
        Assert.Equal((false, "PodFailed"), (Restarting(node, pod)!.Status == "True", Restarting(node, pod)!.Reason));
    }

    [Fact]
    public async Task InitFailure_AfterTheRestart_FailsThePod()
    {
        await using var node = new Node();
        var pod = await StartAsync(node, "web");
        Exit(node, "web");
        await node.UntilAsync(() => node.Container(pod, "init") is { RestartCount: 1, State.Running: not null }, "the init container runs again");

        Exit(node, "init", 3);

        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed");
    }

    [Fact]
    public async Task Exit_AgainAndAgain_WaitsLongerEachTime()
    {
        await using var node = new Node();
        var pod = await StartAsync(node, "web");
        await OverAsync(node, pod, 1);

        Exit(node, "web");

        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "CrashLoopBackOff", "back-off");
        Assert.Equal(1, node.Container(pod, "other").RestartCount);
        await node.UntilAsync(() => node.Container(pod, "init") is { RestartCount: 2, State.Running: not null }, "it starts over all the same", Second);
    }

    [Fact]
    public async Task Marked_ByAKubeletThatEnded_IsFinished()
    {
        await using var node = new Node();
        var pod = Pod("web");
        pod.Status.Conditions = [new() { Type = PodConditions.AllContainersRestarting, Status = "True" }];
        node.Pods.Upsert(pod);

        await node.UntilAsync(() => Restarting(node, pod)?.Status == "False" && node.Runtime.Running("a", "init") is not null, "it starts, since nothing is left");
    }

    [Fact]
    public async Task Preferences_WithoutSuchARule_HaveNoCondition()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));
        Assert.Null(Restarting(node, pod));
    }

    private static async Task OverAsync(Node node, Pod pod, int count)
    {
        Exit(node, "web");
        await node.UntilAsync(() => node.Container(pod, "init").RestartCount == count && node.Container(pod, "init").State.Running is not null, "the init container runs again");
        Exit(node, "init", 0);
        await node.UntilAsync(() => All(node, pod).All(c => c.RestartCount == count && (c.Name == "init" || c.State.Running is not null)), "everything runs again");
    }

    private static IEnumerable<ContainerStatus> All(Node node, Pod pod) => node.Status(pod).ContainerStatuses.OrEmpty().Concat(node.Status(pod).InitContainerStatuses.OrEmpty());

    private static PodCondition? Restarting(Node node, Pod pod) => node.Status(pod).Conditions.OrEmpty().FirstOrDefault(c => c.Type == PodConditions.AllContainersRestarting);

    private static void Exit(Node node, string container, int code = Code) => node.Runtime.Exit(node.Runtime.Running("a", container)!.Status.Id, code);

    private static async Task<Pod> StartAsync(Node node, string source)
    {
        var pod = Pod(source);
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Runtime.Running("a", "init") is not null, "the init container runs");
        Exit(node, "init", 0);
        await node.UntilAsync(() => node.Status(pod).Phase == "Running" && node.Runtime.Running("a", "other") is not null, "the pod runs");
        return pod;
    }

    private static Pod Pod(string source) => Node.Pod("a", p =>
    {
        p.Spec.RestartPolicy = "Never";
        p.Spec.InitContainers = [Node.Container("init"), Ruled(Node.Container("sidecar", c => c.RestartPolicy = "Always"), source)];
        p.Spec.Containers = [Ruled(Node.Container("web"), source), Ruled(Node.Container("other"), source)];
    });

    private static Container Ruled(Container container, string source)
    {
        if (container.Name == source)
        {
            container.RestartPolicy ??= "Never";
            container.RestartPolicyRules = [new() { Action = "RestartAllContainers", ExitCodes = new() { Operator = "In", Values = [Code] } }];
        }

        return container;
    }
}
