using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Status;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Resize;

public sealed class PodResizeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Resize_WithRoom_TellsTheRuntimeAndKeepsTheContainer()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1"));
        var id = node.Runtime.Running("a", "web")!.Status.Id;

        node.Pods.Upsert(Sized("a", "2", generation: 2));

        await node.UntilAsync(() => node.Container(pod).Resources?.Requests?["cpu"] == Quantity.Parse("2"), "in force");
        Assert.Contains(node.Runtime.Calls, c => c == $"UpdateContainerResources {id}");
        Assert.Equal(Quantity.Parse("2"), node.Container(pod).AllocatedResources!["cpu"]);
        Assert.Equal(0, node.Container(pod).RestartCount);
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is null, "done");
        Assert.Equal(2, node.Status(pod).ObservedGeneration);
        const string summary = """{"containers":[{"name":"web","resources":{"requests":{"cpu":"2"}}}],"generation":2}""";
        Assert.Contains($"Normal ResizeStarted Pod resize started: {summary}", node.Events.All);
        Assert.Contains($"Normal ResizeCompleted Pod resize completed: {summary}", node.Events.All);
        var metrics = node.Metrics.Render();
        Assert.Contains("kubelet_container_requested_resizes_total{operation=\"increase\",requirement=\"requests\",resource=\"cpu\"} 1", metrics);
        Assert.Contains("kubelet_pod_resize_duration_milliseconds_count{success=\"true\"} 1", metrics);
    }

    [Theory]
    [InlineData("1", "1", "500m", "2", "500m", "1")]
    [InlineData("1500m", "1", "1", "1", "500m", "500m")]
    [InlineData("2m", "2m", "2m", "1m", "1m", "1m")]
    public async Task Resize_SeveralContainers_EachGetsWhatItAsksFor(string a, string b, string c, string newA, string newB, string newC)
    {
        await using var node = new Node();
        string[] names = ["web", "b", "c"];
        var pod = await node.RunAsync(Sized3(a, b, c));

        node.Pods.Upsert(Sized3(newA, newB, newC));

        await node.UntilAsync(() => names.Zip([newA, newB, newC]).All(n => node.Container(pod, n.First).Resources?.Requests?["cpu"] == Quantity.Parse(n.Second)), "in force", Second);
        Assert.All(names, name => Assert.Equal(0, node.Container(pod, name).RestartCount));

        static Pod Sized3(params string[] cpus) => Node.Pod("a", p => p.Spec.Containers =
            [.. cpus.Select((cpu, i) => Node.Container(i == 0 ? "web" : i == 1 ? "b" : "c", container => container.Resources.Requests = new() { ["cpu"] = Quantity.Parse(cpu) }))]);
    }

    [Fact]
    public async Task Resize_WherePolicyWantsIt_RestartsTheContainer()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1", restart: true));

        node.Pods.Upsert(Sized("a", "2", restart: true));

        await node.UntilAsync(() => node.Container(pod) is { RestartCount: 1, State.Running: not null }, "restarted", Second);
        await node.UntilAsync(() => node.Events.All.Any(e => e.StartsWith("Normal ResizeCompleted Pod resize completed: ", StringComparison.Ordinal)), "completed", Second);
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is null, "done", Second);
        Assert.Contains("Normal Killing Container web resize requires restart", node.Events.All);
        Assert.Equal(Quantity.Parse("2"), node.Container(pod).Resources!.Requests!["cpu"]);
        Assert.DoesNotContain(node.Runtime.Calls, c => c.StartsWith("UpdateContainerResources", StringComparison.Ordinal));
    }

    /// <summary>Upstream: IsPodResizeInProgress. What starts anew starts with what it was granted.</summary>
    [Fact]
    public async Task Resize_ContainerThatEndsMeanwhile_IsCompleteWithItsNextStart()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1"));
        node.Runtime.Fault = (method, _) => method == "UpdateContainerResources" ? new RpcException(GrpcStatusCode.Internal, "no way") : null;
        node.Pods.Upsert(Sized("a", "2", generation: 2));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is { Reason: "Error" }, "error shown", Second);

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 1);

        await node.UntilAsync(() => node.Container(pod) is { RestartCount: 1, State.Running: not null }, "restarted", Second);
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is null, "done", Second);
        Assert.Equal(Quantity.Parse("2"), node.Container(pod).Resources!.Requests!["cpu"]);
        Assert.Single(node.Events.All, e => e.StartsWith("Normal ResizeCompleted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resize_OfThePodAsAWhole_TellsTheRuntimeOfContainersWithoutLimits()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Whole("1"));
        var id = node.Runtime.Running("a", "web")!.Status.Id;
        Assert.Equal(Quantity.Parse("1"), node.Status(pod).Resources!.Limits!["cpu"]);

        node.Pods.Upsert(Whole("2"));

        await node.UntilAsync(() => node.Status(pod).Resources?.Limits?["cpu"] == Quantity.Parse("2"), "in force", Second);
        Assert.Contains(node.Runtime.Calls, c => c == $"UpdateContainerResources {id}");
        Assert.Equal(Quantity.Parse("2"), node.Status(pod).AllocatedResources!["cpu"]);
        Assert.Equal(0, node.Container(pod).RestartCount);

        static Pod Whole(string cpu) => Node.Pod("a", p => p.Spec.Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse(cpu) }, Limits = new() { ["cpu"] = Quantity.Parse(cpu) } });
    }

    /// <summary>Upstream's e2e: "pod-level resize with requests and limits add".</summary>
    [Fact]
    public async Task Resize_OfAPodThatHadNothingAsAWhole_GivesItThat()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));
        var id = node.Runtime.Running("a", "web")!.Status.Id;

        var wanted = Node.Pod("a", p =>
        {
            p.Metadata.Generation = 2;
            p.Spec.Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse("1") }, Limits = new() { ["cpu"] = Quantity.Parse("2") } };
        });
        node.Pods.Upsert(wanted);

        await node.UntilAsync(() => node.Status(pod).Resources?.Limits?.GetValueOrDefault("cpu") == Quantity.Parse("2"), "in force", Second);
        Assert.Contains($"UpdateContainerResources {id}", node.Runtime.Calls);
        Assert.Equal(Quantity.Parse("1"), node.Status(pod).AllocatedResources!["cpu"]);
        await node.UntilAsync(() => node.Events.All.Any(e => e.StartsWith("Normal ResizeCompleted", StringComparison.Ordinal)), "completed", Second);
    }

    [Fact]
    public async Task Resize_BeyondTheNode_IsInfeasible()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1"));

        node.Pods.Upsert(Sized("a", "5"));

        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizePending)?.Reason == PendingResize.Infeasible, "infeasible");
        Assert.Equal("Node didn't have enough capacity: cpu, requested: 5000, capacity: 4000", Condition(node, pod, PodConditions.ResizePending)!.Message);
        Assert.Equal(Quantity.Parse("1"), node.Container(pod).AllocatedResources!["cpu"]);
    }

    [Theory]
    [InlineData(true, false, false, "Resize is infeasible for Guaranteed Pods alongside CPU Manager policy \"static\"", "guaranteed_pod_cpu_manager_static_policy")]
    [InlineData(false, true, false, "Resize is infeasible for Guaranteed Pods alongside Memory Manager policy \"Static\"", "guaranteed_pod_memory_manager_static_policy")]
    [InlineData(false, false, true, "In-place resize of containers with swap is not supported.", "swap_limitation")]
    public async Task Resize_WhatTheNodeCannotChange_IsInfeasible(bool ownCpus, bool ownMemory, bool swaps, string message, string detail)
    {
        await using var node = new Node(rules: new ResizeRules(ownCpus, ownMemory, (_, _) => swaps));
        var pod = await node.RunAsync(Guaranteed("1", "1Gi"));

        node.Pods.Upsert(Guaranteed("2", "2Gi"));

        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizePending)?.Reason == PendingResize.Infeasible, "infeasible");
        Assert.Equal(message, Condition(node, pod, PodConditions.ResizePending)!.Message);
        Assert.Contains($"kubelet_pod_infeasible_resizes_total{{reason_detail=\"{detail}\"}} 1", node.Metrics.Render());

        static Pod Guaranteed(string cpu, string memory) => Node.Pod("a", p =>
            p.Spec.Containers[0].Resources.Limits = p.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory) });
    }

    [Fact]
    public async Task Resize_SeveralWait_TheMostImportantIsFirst()
    {
        await using var node = new Node();
        var (low, high) = (await node.RunAsync(Ranked("low", "1", 1)), await node.RunAsync(Ranked("high", "1", 2)));
        var other = await node.RunAsync(Sized("b", "2"));
        foreach (var pod in new[] { Ranked("low", "3", 1), Ranked("high", "3", 2) })
        {
            node.Pods.Upsert(pod);
            await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizePending)?.Reason == PendingResize.Deferred, "deferred");
        }

        node.Pods.Upsert(Node.Deleted(other));

        await node.UntilAsync(() => node.Container(high).Resources?.Requests?["cpu"] == Quantity.Parse("3"), "granted to the one", Second);
        Assert.Equal(PendingResize.Deferred, Condition(node, low, PodConditions.ResizePending)?.Reason);
        Assert.Contains("kubelet_pod_deferred_accepted_resizes_total{retry_trigger=\"pods_removed\"} 1", node.Metrics.Render());

        static Pod Ranked(string name, string cpu, int priority)
        {
            var pod = Sized(name, cpu);
            pod.Spec.Priority = priority;
            return pod;
        }
    }

    [Fact]
    public async Task Resize_BeyondWhatIsFree_WaitsForRoom()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1"));
        var other = await node.RunAsync(Sized("b", "2"));

        node.Pods.Upsert(Sized("a", "3"));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizePending)?.Reason == PendingResize.Deferred, "deferred");
        Assert.Equal("Node didn't have enough resource: cpu, requested: 3000, used: 2000, capacity: 4000", Condition(node, pod, PodConditions.ResizePending)!.Message);
        node.Pods.Upsert(Node.Deleted(other));

        await node.UntilAsync(() => node.Container(pod).Resources?.Requests?["cpu"] == Quantity.Parse("3"), "granted", Second);
        Assert.Null(Condition(node, pod, PodConditions.ResizePending));
    }

    /// <summary>Upstream: determinePodResizeStatus.</summary>
    [Fact]
    public async Task Resize_OfAPodThatEnds_IsNotWaitedForAnyMore()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Once(Sized("a", "1")));
        node.Pods.Upsert(Once(Sized("a", "5")));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizePending) is not null, "infeasible");

        node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 0);

        await node.UntilAsync(() => node.Status(pod).Phase == "Succeeded" && Condition(node, pod, PodConditions.ResizePending) is null, "over");

        static Pod Once(Pod pod)
        {
            pod.Spec.RestartPolicy = "Never";
            return pod;
        }
    }

    [Fact]
    public async Task Resize_RuntimeRefusing_IsShownAndTriedAgain()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1"));
        var refuses = true;
        node.Runtime.Fault = (method, _) => refuses && method == "UpdateContainerResources" ? new RpcException(GrpcStatusCode.Internal, "no way") : null;

        node.Pods.Upsert(Sized("a", "2"));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is { Reason: "Error", Message: "no way" }, "error shown", Second);
        Assert.Equal(Quantity.Parse("1"), node.Container(pod).Resources!.Requests!["cpu"]);
        Assert.Contains("""Warning ResizeError Pod resize error: {"containers":[{"name":"web","resources":{"requests":{"cpu":"2"}}}],"generation":1,"error":"no way"}""", node.Events.All);
        refuses = false;

        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is null, "done", Second);
    }

    /// <summary>Upstream asks the runtime first since v1.36, so that it can say no; one that does not know the question has no say.</summary>
    [Fact]
    public async Task Resize_RuntimeRefusingWhatThePodShallHaveAsAWhole_IsShownAndNothingChanges()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1"));
        var answer = GrpcStatusCode.Internal;
        node.Runtime.Fault = (method, _) => method == "UpdatePodSandboxResources" ? new RpcException(answer, "no way") : null;

        node.Pods.Upsert(Sized("a", "2"));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is { Reason: "Error", Message: "no way" }, "error shown", Second);
        Assert.DoesNotContain(node.Runtime.Calls, c => c.StartsWith("UpdateContainerResources", StringComparison.Ordinal));
        answer = GrpcStatusCode.Unimplemented;

        await node.UntilAsync(() => node.Container(pod).Resources?.Requests?["cpu"] == Quantity.Parse("2"), "in force", Second);
    }

    /// <summary>Upstream: InPlacePodVerticalScalingInitContainers.</summary>
    [Fact]
    public async Task Resize_OfAnInitContainer_IsInForceWhileItRunsAndDoneWhenItHasEnded()
    {
        await using var node = new Node();
        var pod = Initialized("1", 1);
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod, "init").State.Running is not null, "it runs");
        var id = node.Runtime.Running("a", "init")!.Status.Id;

        node.Pods.Upsert(Initialized("2", 2));
        await node.UntilAsync(() => node.Container(pod, "init").Resources?.Requests?["cpu"] == Quantity.Parse("2"), "in force", Second);
        Assert.Contains($"UpdateContainerResources {id}", node.Runtime.Calls);
        node.Runtime.Exit(id, 0);
        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "initialized", Second);

        node.Pods.Upsert(Initialized("3", 3));
        await node.UntilAsync(() => node.Container(pod, "init").AllocatedResources?["cpu"] == Quantity.Parse("3"), "granted", Second);
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is null, "nothing is left to do", Second);
        Assert.Single(node.Runtime.Calls, c => c.StartsWith("UpdateContainerResources", StringComparison.Ordinal));

        static Pod Initialized(string cpu, long generation) => Node.Pod("a", p =>
        {
            p.Metadata.Generation = generation;
            p.Spec.InitContainers = [Node.Container("init", c => c.Resources.Requests = new() { ["cpu"] = Quantity.Parse(cpu) })];
        });
    }

    [Fact]
    public async Task Resize_WhileAnotherIsInProgress_BothSayWhichGenerationTheyMean()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Sized("a", "1"));
        node.Runtime.Fault = (method, _) => method == "UpdateContainerResources" ? new RpcException(GrpcStatusCode.Internal, "no way") : null;
        node.Pods.Upsert(Sized("a", "2", generation: 2));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizeInProgress) is { ObservedGeneration: 2 }, "in progress", Second);

        node.Pods.Upsert(Sized("a", "5", generation: 3));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizePending) is { ObservedGeneration: 3, Reason: PendingResize.Infeasible }, "infeasible", Second);
        Assert.Equal(2, Condition(node, pod, PodConditions.ResizeInProgress)!.ObservedGeneration);

        node.Pods.Upsert(Sized("a", "2", generation: 4));
        await node.UntilAsync(() => Condition(node, pod, PodConditions.ResizePending) is null, "taken back", Second);
        Assert.Equal((4, 2), (node.Status(pod).ObservedGeneration, Condition(node, pod, PodConditions.ResizeInProgress)!.ObservedGeneration));
    }

    [Fact]
    public void Patch_OfStatusWithoutResize_TakesItsConditionsOut()
    {
        var patch = PodStatusPatch.Create("uid-a", new PodStatus { Conditions = [new() { Type = "Ready", Status = "True" }] });
        var removed = patch["status"]!["conditions"]!.AsArray().Where(c => (string?)c!["$patch"] == "delete").Select(c => (string?)c!["type"]);
        Assert.Equal([PodConditions.ResizePending, PodConditions.ResizeInProgress], removed);
    }

    [Fact]
    public void AllocationFile_ReadAgain_IsTheSame()
    {
        using var folder = new TemporaryDirectory();
        var pod = Sized("a", "1");
        var first = new PodAllocations(new AllocationFile(folder["state"]), () => new Dictionary<string, Quantity>(), ResizeRules.None);
        first.Admit(pod);
        first.SetActuated(pod, pod.Spec.Containers[0]);

        var second = new PodAllocations(new AllocationFile(folder["state"]), () => new Dictionary<string, Quantity>(), ResizeRules.None);

        Assert.Equal(Quantity.Parse("1"), second.Actuated("uid-a", "web")!.Requests["cpu"]);
        Assert.Equal(Quantity.Parse("1"), second.Granted(Sized("a", "2")).Spec.Containers[0].Resources.Requests!["cpu"]);
        second.Forget("uid-a");
        Assert.Null(new PodAllocations(new AllocationFile(folder["state"]), () => new Dictionary<string, Quantity>(), ResizeRules.None).Actuated("uid-a", "web"));
    }

    [Fact]
    public void AllocationFile_Damaged_StartsAnew()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder["state"], "{ \"uid\": { \"allocated\"");
        Assert.Empty(new AllocationFile(folder["state"]).Read());
    }

    private static PodCondition? Condition(Node node, Pod pod, string type) => node.Status(pod).Conditions.OrEmpty().FirstOrDefault(c => c.Type == type);

    private static Pod Sized(string name, string cpu, bool restart = false, long generation = 1) => Node.Pod(name, p =>
    {
        p.Metadata.Generation = generation;
        p.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse(cpu) };
        p.Spec.Containers[0].ResizePolicy = restart ? [new() { ResourceName = "cpu", RestartPolicy = "RestartContainer" }] : null;
    });
}
