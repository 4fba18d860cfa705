using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;
using Node = Sampan.Kubelet.Tests.Fakes.Node;
using State = Sampan.Kubelet.Cri.ContainerState;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>What is done next with a pod, as the tables of upstream's computePodActions decide it.</summary>
public sealed class PodPlannerTests : IProbeResults
{
    private const int Sandbox = 100;
    private readonly Dictionary<string, ProbeResult> _startup = [];
    private readonly Dictionary<string, ProbeResult> _liveness = [];
    private readonly Dictionary<string, ContainerResources> _told = [];
    private readonly List<Cri.PodSandboxStatus> _sandboxes = [new() { Id = "s", State = Cri.PodSandboxState.SandboxReady, Metadata = new(), CreatedAt = Sandbox, Network = new() { Ip = "10.0.0.1" } }];
    private readonly List<Cri.ContainerStatus> _containers = [];

    ProbeResult IProbeResults.Startup(string containerId) => _startup.GetValueOrDefault(containerId, ProbeResult.Unknown);

    ProbeResult IProbeResults.Liveness(string containerId) => _liveness.GetValueOrDefault(containerId, ProbeResult.Unknown);

    ProbeResult IProbeResults.Readiness(string containerId) => ProbeResult.Unknown;

    [Theory]
    [InlineData("Always")]
    [InlineData("OnFailure")]
    [InlineData("Never")]
    public void AllRunning_NothingIsDone(string policy)
    {
        Have(("a", State.ContainerRunning, 0), ("b", State.ContainerRunning, 0));
        Assert.Equal("", Plan(Pod(policy)));
    }

    [Theory]
    [InlineData("Always", 0, 1, "start a b")]
    [InlineData("OnFailure", 0, 1, "start b")]
    [InlineData("Never", 0, 1, "end")]
    [InlineData("OnFailure", 0, 0, "end")]
    public void Exited_ContainersStartAgainAsThePolicySays(string policy, int first, int second, string plan)
    {
        Have(("a", State.ContainerExited, first), ("b", State.ContainerExited, second));
        Assert.Equal(plan, Plan(Pod(policy)));
    }

    [Fact]
    public void NothingYet_StartsInANewSandbox()
    {
        _sandboxes.Clear();
        Assert.Equal("sandbox 0 start a b", Plan(Pod("Always")));
    }

    [Theory]
    [InlineData("Always", "end sandbox 1 start a b")]
    [InlineData("OnFailure", "end sandbox 1 start b")]
    [InlineData("Never", "end")]
    public void SandboxDead_EverythingThatMayRunStartsInANewOne(string policy, string plan)
    {
        _sandboxes[0].State = Cri.PodSandboxState.SandboxNotready;
        Have(("a", State.ContainerExited, 0), ("b", State.ContainerExited, 1));
        Assert.Equal(plan, Plan(Pod(policy)));
    }

    [Fact]
    public void SandboxDeadAndAllSucceeded_ThePodEnds()
    {
        _sandboxes[0].State = Cri.PodSandboxState.SandboxNotready;
        Have(("a", State.ContainerExited, 0), ("b", State.ContainerExited, 0));
        Assert.Equal("end", Plan(Pod("OnFailure")));
    }

    [Fact]
    public void SandboxWithoutAddress_IsReplaced()
    {
        _sandboxes[0].Network = new();
        Assert.Equal("end sandbox 1 start a b", Plan(Pod("Always")));
        Assert.Equal("start a b", Plan(Pod("Always", p => p.Spec.HostNetwork = true)));
    }

    [Fact]
    public void TwoSandboxesReady_AreBothReplaced()
    {
        var second = _sandboxes[0].Clone();
        second.Metadata.Attempt = 1;
        _sandboxes.Insert(0, second);
        Assert.Equal("end sandbox 2 start a b", Plan(Pod("Always")));
    }

    [Theory]
    [InlineData("unknown", "kill b start b")]
    [InlineData("created", "start b")]
    public void Unclear_ContainersStartAgainWhateverThePolicy(string state, string plan)
    {
        Have($"a:run b:{state}");
        Assert.Equal(plan, Plan(Pod("Never")));
    }

    [Theory]
    [InlineData("Always", "kill a start a")]
    [InlineData("Never", "kill a")]
    public void ProbeFailed_ContainerIsKilledAndStartsAgainWhereItMay(string policy, string plan)
    {
        Have(("a", State.ContainerRunning, 0), ("b", State.ContainerRunning, 0));
        _liveness["a"] = ProbeResult.Failure;
        Assert.Equal(plan, Plan(Pod(policy, p => p.Spec.Containers[0].LivenessProbe = new())));
        _liveness.Clear();
        _startup["a"] = ProbeResult.Failure;
        Assert.Equal(plan, Plan(Pod(policy, p => p.Spec.Containers[0].StartupProbe = new())));
    }

    [Fact]
    public void Changed_ContainerIsReplaced()
    {
        Have(("a", State.ContainerRunning, 0), ("b", State.ContainerRunning, 0));
        _containers[0].Annotations[RuntimeLabels.ContainerHash] = "another";
        Assert.Equal("kill a start a", Plan(Pod("Never")));
    }

    [Theory]
    [InlineData("NotRequired", "resize a")]
    [InlineData("RestartContainer", "kill a start a resized")]
    public void OtherResources_AreGivenAsThePolicyOfResizingSays(string resize, string plan)
    {
        Have(("a", State.ContainerRunning, 0), ("b", State.ContainerRunning, 0));
        var pod = Pod("Always", p =>
        {
            p.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse("200m") };
            p.Spec.Containers[0].ResizePolicy = [new() { ResourceName = "cpu", RestartPolicy = resize }, new() { ResourceName = "memory", RestartPolicy = "NotRequired" }];
        });
        _told["a"] = ContainerResources.Of(new Container { Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse("100m") } } });
        Assert.Equal(plan, Plan(pod));
    }

    /// <summary>The pod's group is still the one that fitted what they had.</summary>
    [Theory]
    [InlineData("a:1 b:run", "start a resized")]
    [InlineData("i1:1", "start i1 resized")]
    [InlineData("i1:run", "resize i1")]
    [InlineData("i1:0 a:run b:run", "resize a")]
    public void OtherResources_OfWhatDoesNotRun_AreThereWhenItStarts(string have, string plan)
    {
        Have(have);
        var pod = Pod("Always", p =>
        {
            if (have.StartsWith("i1", StringComparison.Ordinal)) p.Spec.InitContainers = [Node.Container("i1")];
            foreach (var container in p.Spec.Containers.Take(1).Concat(p.Spec.InitContainers ?? [])) container.Resources.Requests = new() { ["cpu"] = Quantity.Parse("200m") };
        });
        _told["a"] = _told["i1"] = ContainerResources.Of(new Container { Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse("100m") } } });
        Assert.Equal(plan, Plan(pod));
    }

    [Theory]
    [InlineData("NotRequired", "resize a whole")]
    [InlineData("RestartContainer", "kill a start a whole")]
    public void OtherResourcesOfTheWhole_AreForContainersWithoutLimitsToo(string resize, string plan)
    {
        Have(("a", State.ContainerRunning, 0), ("b", State.ContainerRunning, 0));
        var pod = Pod("Always", p =>
        {
            p.Spec.Resources = new() { Limits = new() { ["cpu"] = Quantity.Parse("2") } };
            p.Spec.Containers[0].ResizePolicy = [new() { ResourceName = "cpu", RestartPolicy = resize }];
            p.Spec.Containers[1].Resources.Limits = new() { ["cpu"] = Quantity.Parse("100m") };
        });
        _told[PodAllocation.Whole] = ContainerResources.Of(new PodSpec { Resources = new() { Limits = new() { ["cpu"] = Quantity.Parse("1") } } });
        _told["a"] = ContainerResources.Of(pod.Spec.Containers[0]);
        _told["b"] = ContainerResources.Of(pod.Spec.Containers[1]);
        Assert.Equal(plan, Plan(pod));
    }

    [Fact]
    public void Ephemeral_ContainerThatIsNew_Starts()
    {
        Have(("a", State.ContainerRunning, 0), ("b", State.ContainerRunning, 0));
        var pod = Pod("Always", p => p.Spec.EphemeralContainers = [new() { Name = "debug" }]);
        Assert.Equal("start debug", Plan(pod));
        Have(("debug", State.ContainerExited, 1));
        Assert.Equal("", Plan(pod));
    }

    [Theory]
    [InlineData("", "start i1")]
    [InlineData("i1:run", "")]
    [InlineData("i1:0", "start i2")]
    [InlineData("i1:1", "start i1")]
    [InlineData("i1:created", "start i1")]
    [InlineData("i1:unknown", "kill i1 start i1")]
    [InlineData("i2:run", "")]
    [InlineData("i2:created", "start i2")]
    [InlineData("i2:1", "start i2")]
    [InlineData("i2:0", "start a b")]
    [InlineData("i1:0 i2:run", "")]
    [InlineData("i1:0 i2:0", "start a b")]
    [InlineData("i1:0 i2:0 a:run", "start b")]
    [InlineData("a:run b:run", "")]
    public void Init_ContainersRunOneAfterAnother(string have, string plan)
    {
        Have(have);
        Assert.Equal(plan, Plan(Pod("Always", p => p.Spec.InitContainers = [Node.Container("i1"), Node.Container("i2")])));
    }

    [Theory]
    [InlineData("Never", "1", "end")]
    [InlineData("OnFailure", "1", "start i1")]
    [InlineData("Never", "unknown", "end")]
    [InlineData("OnFailure", "unknown", "kill i1 start i1")]
    public void Init_ThatFails_EndsThePodWhereItMayNotStartAgain(string policy, string state, string plan)
    {
        Have("i1:" + state);
        Assert.Equal(plan, Plan(Pod(policy, p => p.Spec.InitContainers = [Node.Container("i1")])));
    }

    [Theory]
    [InlineData("Never", "end")]
    [InlineData("OnFailure", "start i1")]
    public void Init_OfWhichAProcessWasKilledForItsMemory_HasFailed(string policy, string plan)
    {
        Have("i1:0");
        _containers[^1].Reason = "OOMKilled";
        Assert.Equal(plan, Plan(Pod(policy, p => p.Spec.InitContainers = [Node.Container("i1")])));
    }

    [Fact]
    public void Init_OfAnOlderSandbox_RunAgain()
    {
        Have("i1:0");
        _containers[0].CreatedAt = Sandbox - 1;
        Assert.Equal("start i1", Plan(Pod("Always", p => p.Spec.InitContainers = [Node.Container("i1")])));
    }

    [Theory]
    [InlineData("", "start s1")]
    [InlineData("s1:run", "start s2")]
    [InlineData("s1:run s2:run", "start a b")]
    [InlineData("s1:1", "start s1")]
    [InlineData("s1:0", "start s1")]
    [InlineData("s1:1 s2:run a:run b:run", "start s1")]
    [InlineData("s1:unknown s2:run a:run b:run", "kill s1 start s1")]
    [InlineData("s1:run s2:run a:0 b:0", "end")]
    public void Sidecars_StartInOrderAndAlwaysAgainWhileThePodLives(string have, string plan)
    {
        Have(have);
        Assert.Equal(plan, Plan(Pod("Never", p => p.Spec.InitContainers = [Sidecar("s1"), Sidecar("s2")])));
    }

    /// <summary>Upstream: TestComputePodActionsWithRestartableInitContainers; the last two have probes of start and life, and have started.</summary>
    [Theory]
    [InlineData("s1:0 s2:run s3:1", "start s1 s3")]
    [InlineData("s1:0 s2:run s3:run", "start s1 a b")]
    [InlineData("s3:run", "start s1 s2 a b")]
    [InlineData("s1:run s2:run s3:created", "start s3")]
    [InlineData("s1:run s2:run s3:unknown", "kill s3 start s3")]
    public void Sidecars_OfWhichSomeAreLost_AllRun(string have, string plan)
    {
        Have(have);
        Assert.Equal(plan, Plan(ThreeSidecars("Never")));
    }

    [Theory]
    [InlineData("life", "kill s3 start s3 a b")]
    [InlineData("start", "kill s3 start s3")]
    [InlineData("definition", "kill s3 start s3 a b")]
    public void Sidecar_TheLastIsReplaced_MainContainersWaitForItsStartOnly(string why, string plan)
    {
        Have("s1:run s2:run s3:run");
        var pod = ThreeSidecars("Always");
        if (why == "life") _liveness["s3"] = ProbeResult.Failure;
        if (why == "start") _startup["s3"] = ProbeResult.Failure;
        if (why == "definition") _containers[2].Annotations[RuntimeLabels.ContainerHash] = "another";
        Assert.Equal(plan, Plan(pod));
    }

    [Fact]
    public void Sidecar_OfARunningPod_IsReplacedWhenItsDefinitionChanges()
    {
        Have("s1:run a:run b:run");
        _containers[0].Annotations[RuntimeLabels.ContainerHash] = "another";
        Assert.Equal("kill s1 start s1", Plan(Pod("Always", p => p.Spec.InitContainers = [Sidecar("s1")])));
    }

    /// <summary>The exit code, which is not known before it ended, may let it start again.</summary>
    [Fact]
    public void ProbeFailed_ContainerWithRules_IsKilledAndThenJudged()
    {
        Have("a:run b:run");
        _liveness["a"] = ProbeResult.Failure;
        var pod = Pod("Never", p =>
        {
            p.Spec.Containers[0].LivenessProbe = new();
            p.Spec.Containers[0].RestartPolicyRules = [new() { Action = "Restart", ExitCodes = new() { Operator = "In", Values = [137] } }];
        });
        Assert.Equal("kill a", Plan(pod));
        _containers.RemoveAt(0);
        Have("a:137");
        Assert.Equal("start a", Plan(pod));
    }

    [Theory]
    [InlineData("Unknown", "")]
    [InlineData("Success", "start s2")]
    [InlineData("Failure", "kill s1 start s1")]
    public void Sidecar_WithAStartupProbe_LetsTheNextGoWhenItIsUp(string result, string plan)
    {
        Have("s1:run");
        _startup["s1"] = Enum.Parse<ProbeResult>(result);
        Assert.Equal(plan, Plan(Pod("Always", p =>
        {
            p.Spec.InitContainers = [Sidecar("s1"), Sidecar("s2")];
            p.Spec.InitContainers[0].StartupProbe = new();
        })));
    }

    [Fact]
    public void StartOver_RemovesAllThatAskedForItLast()
    {
        Have("a:88 b:run i1:0");
        var pod = Pod("Never", p =>
        {
            p.Spec.InitContainers = [Node.Container("i1")];
            p.Spec.Containers[0].RestartPolicyRules = [new() { Action = "RestartAllContainers", ExitCodes = new() { Operator = "In", Values = [88] } }];
        });
        Assert.Equal(["b", "i1", "a"], Planner().Plan(pod, Runtime(), startsOver: true).Remove.Select(c => c.Id));
    }

    private Pod ThreeSidecars(string policy)
    {
        _startup["s2"] = _startup["s3"] = ProbeResult.Success;
        return Pod(policy, p =>
        {
            p.Spec.InitContainers = [Sidecar("s1"), Sidecar("s2"), Sidecar("s3")];
            foreach (var sidecar in p.Spec.InitContainers.Skip(1)) (sidecar.StartupProbe, sidecar.LivenessProbe) = (new(), new());
        });
    }

    private static Container Sidecar(string name) => Node.Container(name, c => c.RestartPolicy = "Always");

    private static Pod Pod(string policy, Action<Pod>? change = null) => Node.Pod("pod", p =>
    {
        p.Spec.RestartPolicy = policy;
        p.Spec.Containers = [Node.Container("a"), Node.Container("b")];
        change?.Invoke(p);
    });

    private void Have(params (string Name, State State, int Code)[] containers) => _containers.AddRange(containers.Select(c => new Cri.ContainerStatus
    {
        Id = c.Name,
        Metadata = new() { Name = c.Name },
        State = c.State,
        ExitCode = c.Code,
        CreatedAt = Sandbox + 1,
    }));

    /// <summary><c>a:run b:1</c>: a runs, b ended with 1.</summary>
    private void Have(string containers)
    {
        foreach (var parts in containers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split(':')))
        {
            var state = parts[1] switch { "run" => State.ContainerRunning, "created" => State.ContainerCreated, "unknown" => State.ContainerUnknown, _ => State.ContainerExited };
            Have((parts[0], state, state == State.ContainerExited ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0));
        }
    }

    private PodPlanner Planner() => new(this, (_, container) => _told.GetValueOrDefault(container?.Name ?? PodAllocation.Whole));

    private PodRuntimeState Runtime() => new("uid-pod", "pod", "default", [.. _sandboxes], [.. _containers])
    {
        SandboxOf = _containers.ToDictionary(c => c.Id, c => c.CreatedAt < Sandbox ? "older" : "s"),
    };

    /// <summary>The plan in words.</summary>
    private string Plan(Pod pod)
    {
        var plan = Planner().Plan(pod, Runtime());
        var words = new List<string>();
        if (plan.KillPod) words.Add("end");
        if (plan.CreateSandbox) words.AddRange(["sandbox", $"{plan.Attempt}"]);
        Add(words, "kill", plan.Kill.Select(k => k.Container.Name));
        Add(words, "start", plan.Start.Select(c => c.Name));
        Add(words, "resize", plan.Resize.Select(r => r.Container.Name));
        if (plan.ResizePod) words.Add("whole");
        if (plan.StartsResized) words.Add("resized");
        return string.Join(' ', words);
    }

    private static void Add(List<string> words, string verb, IEnumerable<string> names)
    {
        if (names.Any()) words.AddRange([verb, .. names]);
    }
}
