using System.Collections.Immutable;
using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Status;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Status;

/// <summary>What a pod's status says, as the tables of upstream's generateAPIPodStatus and of pkg/kubelet/status decide it.</summary>
public sealed class PodStatusTests : IProbeResults
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<Cri.PodSandboxStatus> _sandboxes = [new() { Id = "s", State = Cri.PodSandboxState.SandboxReady, Metadata = new(), Network = new() { Ip = "10.0.0.1", AdditionalIps = { new Cri.PodIP { Ip = "fd00::1" } } } }];
    private readonly List<Cri.ContainerStatus> _containers = [];
    private readonly Dictionary<string, WaitingState> _waiting = [];
    private readonly Pod _pod = Node.Pod("pod", p =>
    {
        p.Spec.RestartPolicy = "Always";
        p.Spec.Containers = [Node.Container("b"), Node.Container("a", c => c.VolumeMounts = [new() { Name = "v", MountPath = "/v", ReadOnly = true }])];
    });

    private PodStatus _previous = new();
    private string[] _nodeAddresses = ["192.0.2.1"];
    private bool _isTerminal;
    private string _message = "";
    private PodTermination? _termination;

    ProbeResult IProbeResults.Startup(string containerId) => ProbeResult.Unknown;

    ProbeResult IProbeResults.Liveness(string containerId) => ProbeResult.Unknown;

    ProbeResult IProbeResults.Readiness(string containerId) => ProbeResult.Failure;

    [Fact]
    public void NewPod_WaitsForItsContainers()
    {
        _sandboxes.Clear();
        var status = Generate();
        Assert.Equal(("Pending", Now, null), (status.Phase, status.StartTime!.Value.Value, status.PodIP));
        Assert.Equal(["a", "b"], status.ContainerStatuses!.Select(c => c.Name));
        Assert.All(status.ContainerStatuses!, c => Assert.Equal(("ContainerCreating", false, false, null), (c.State.Waiting!.Reason, c.Ready, c.Started, c.Resources)));
        Assert.Equal(["PodReadyToStartContainers False", "Initialized True", "Ready False ContainersNotReady", "ContainersReady False ContainersNotReady", "PodScheduled True"], Conditions(status));
        Assert.Equal("containers with unready status: [b a]", Condition(status, "Ready").Message);
    }

    [Fact]
    public void RunningPod_TellsAddressesAndReadiness()
    {
        Have("a:run b:run");
        var status = Generate();
        Assert.Equal(("Running", "10.0.0.1", "192.0.2.1", "BestEffort"), (status.Phase, status.PodIP, status.HostIP, status.QosClass));
        Assert.Equal(["10.0.0.1", "fd00::1"], status.PodIPs!.Select(ip => ip.Ip));
        Assert.All(status.ContainerStatuses!, c => Assert.Equal((true, true, "fake://" + c.Name), (c.Ready, c.Started, c.ContainerID)));
        Assert.Equal(["PodReadyToStartContainers True", "Initialized True", "Ready True", "ContainersReady True", "PodScheduled True"], Conditions(status));

        _pod.Spec.Containers[0].ReadinessProbe = new();
        status = Generate();
        Assert.Equal((false, true), (Of(status, "b").Ready, Of(status, "b").Started));
        Assert.Equal("containers with unready status: [b]", Condition(status, "ContainersReady").Message);
    }

    /// <summary>Upstream: convertToAPIPodLevelResourcesStatus. A group of which one container has no limit has none either.</summary>
    [Fact]
    public void Resources_OfEveryPod_AreWhatItWasGrantedAndThenWhatItsGroupHas()
    {
        _pod.Spec.Overhead = new() { ["cpu"] = Quantity.Parse("10m") };
        _pod.Spec.Containers[0].Resources = new()
        {
            Requests = new() { ["cpu"] = Quantity.Parse("100m"), ["memory"] = Quantity.Parse("64Mi"), ["ephemeral-storage"] = Quantity.Parse("1Gi") },
            Limits = new() { ["cpu"] = Quantity.Parse("1") },
        };
        _sandboxes.Clear();
        var status = Generate();
        Assert.Equal(["cpu=110m", "memory=64Mi", "ephemeral-storage=1Gi"], Stated(status.AllocatedResources));
        Assert.Equal(Stated(status.AllocatedResources), Stated(status.Resources!.Requests));
        Assert.Equal(["cpu=1010m"], Stated(status.Resources.Limits));

        _previous.Phase = "Running";
        Have("a:run b:run");
        status = Generate();
        Assert.Equal(["cpu=110m", "memory=64Mi"], Stated(status.Resources!.Requests));
        Assert.Null(status.Resources.Limits);

        _pod.Spec.Containers[1].Resources.Limits = new() { ["cpu"] = Quantity.Parse("500m") };
        Assert.Equal(["cpu=1510m"], Stated(Generate().Resources!.Limits));

        static IEnumerable<string> Stated(Dictionary<string, Quantity>? list) => list!.Select(entry => $"{entry.Key}={entry.Value}");
    }

    [Fact]
    public void Resources_OfAPodThatAsksForNothing_AreEmpty()
    {
        var status = Generate();
        Assert.Equal((null, null, null), (status.AllocatedResources, status.Resources!.Requests, status.Resources.Limits));
    }

    [Fact]
    public void Conditions_ThatStay_KeepTheirTime()
    {
        _previous.Conditions = [new() { Type = "Initialized", Status = "True", LastTransitionTime = Now.AddHours(-1) }, new() { Type = "Ready", Status = "True", LastTransitionTime = Now.AddHours(-1) }];
        var status = Generate();
        Assert.Equal((Now.AddHours(-1), Now), (Condition(status, "Initialized").LastTransitionTime!.Value.Value, Condition(status, "Ready").LastTransitionTime!.Value.Value));
        Assert.All(status.Conditions!, c => Assert.Equal(1, c.ObservedGeneration));
    }

    [Theory]
    [InlineData(null, "corresponding condition of pod readiness gate \"gate/a\" does not exist.")]
    [InlineData("False", "the status of pod readiness gate \"gate/a\" is not \"True\", but False")]
    public void ReadinessGate_ThatDoesNotHold_KeepsThePodFromBeingReady(string? gate, string message)
    {
        Have("a:run b:run");
        _pod.Spec.ReadinessGates = [new() { ConditionType = "gate/a" }];
        _pod.Status.Conditions = gate is null ? [] : [new() { Type = "gate/a", Status = gate }];
        var status = Generate();
        Assert.Equal(("False", "ReadinessGatesNotReady", message), (Condition(status, "Ready").Status, Condition(status, "Ready").Reason, Condition(status, "Ready").Message));
        Assert.Equal("True", Condition(status, "ContainersReady").Status);
    }

    [Theory]
    [InlineData("", "False ContainersNotInitialized containers with incomplete status: [i side]")]
    [InlineData("i:run", "False ContainersNotInitialized containers with incomplete status: [i side]")]
    [InlineData("i:0", "False ContainersNotInitialized containers with incomplete status: [side]")]
    [InlineData("i:0 side:run", "True")]
    [InlineData("i:0 side:1 a:run", "True")]
    public void Initialized_HoldsOnceAllInitContainersAreDoneOrUp(string have, string condition)
    {
        WithInit();
        Have(have);
        var found = Condition(Generate(), "Initialized");
        Assert.Equal(condition, $"{found.Status} {found.Reason} {found.Message}".Trim());
    }

    [Fact]
    public void Sidecar_ThatIsNotReady_KeepsThePodFromBeingReady()
    {
        WithInit();
        _pod.Spec.InitContainers![1].ReadinessProbe = new();
        Have("i:0 side:run a:run b:run");
        Assert.Equal("containers with unready status: [side]", Condition(Generate(), "Ready").Message);
    }

    [Theory]
    [InlineData("0", "Succeeded", "PodCompleted")]
    [InlineData("1", "Failed", "PodFailed")]
    public void EndedPod_SaysHow(string code, string phase, string reason)
    {
        WithInit();
        _pod.Spec.RestartPolicy = "Never";
        _isTerminal = true;
        Have($"i:0 side:0 a:0 b:{code}");
        var status = Generate();
        Assert.Equal((phase, reason, reason), (status.Phase, Condition(status, "Ready").Reason, Condition(status, "ContainersReady").Reason));
        Assert.Equal("True", Condition(status, "Initialized").Status);
        Assert.Equal((code == "0" ? "Completed" : "Error", false), (Of(status, "b").State.Terminated!.Reason, Of(status, "b").Ready));
        Assert.Equal((true, false), (status.InitContainerStatuses![0].Ready, status.InitContainerStatuses[0].Started));
    }

    [Theory]
    [InlineData("Running", "Before")]
    [InlineData("Pending", null)]
    public void ReasonOfOthers_LastsAsLongAsThePhase(string before, string? reason)
    {
        _previous = new() { Phase = before, Reason = "Before", Message = "Before" };
        Have("a:run b:run");
        var status = Generate();
        Assert.Equal(("Running", reason, reason), (status.Phase, status.Reason, status.Message));
    }

    [Fact]
    public void TerminalPhase_IsNeverLeft()
    {
        _previous = new() { Phase = "Failed", Reason = "Evicted", Message = "The node was low on resource: memory." };
        Have("a:run b:run");
        var status = Generate();
        Assert.Equal(("Failed", "Evicted", "The node was low on resource: memory."), (status.Phase, status.Reason, status.Message));
    }

    [Fact]
    public void CrashedContainer_ThatWaits_ShowsHowItEnded()
    {
        Have("a:1 b:run");
        _waiting["a"] = new("CrashLoopBackOff", "back-off 10s");
        var status = Generate();
        Assert.Equal(("CrashLoopBackOff", "back-off 10s", 1, 3), (Of(status, "a").State.Waiting!.Reason, Of(status, "a").State.Waiting!.Message, Of(status, "a").LastState.Terminated!.ExitCode, Of(status, "a").RestartCount));
        Assert.Equal("Running", status.Phase);
    }

    [Fact]
    public void TwoInstances_TheOlderIsTheLastState()
    {
        Have("a:run b:run a:7");
        var a = Of(Generate(), "a");
        Assert.Equal((true, 7), (a.State.Running is not null, a.LastState.Terminated!.ExitCode));
    }

    [Fact]
    public void NextInstance_OnlyMadeSoFar_IsNotToldOf()
    {
        Have("a:made b:run a:7");
        var a = Of(Generate(), "a");
        Assert.Equal((7, 3), (a.State.Terminated?.ExitCode, a.RestartCount));
    }

    [Fact]
    public void Mounts_AreToldInEveryState()
    {
        foreach (var have in new[] { "", "a:run", "a:1" })
        {
            _containers.Clear();
            Have(have);
            var mount = Assert.Single(Of(Generate(), "a").VolumeMounts!);
            Assert.Equal(("v", "/v", true, "Disabled"), (mount.Name, mount.MountPath, mount.ReadOnly, mount.RecursiveReadOnly));
        }
    }

    [Fact]
    public void ContainerThatTheRuntimeLost_HasEndedAndIsCounted()
    {
        _previous.ContainerStatuses = [new() { Name = "a", ContainerID = "fake://a", RestartCount = 2, State = new() { Running = new() } }, new() { Name = "b", ContainerID = "fake://b", State = new() { Terminated = new() { ExitCode = 3 } } }];
        var status = Generate();
        var (a, b) = (Of(status, "a"), Of(status, "b"));
        Assert.Equal(("ContainerCreating", "ContainerStatusUnknown", 137, 3), (a.State.Waiting!.Reason, a.LastState.Terminated!.Reason, a.LastState.Terminated.ExitCode, a.RestartCount));
        Assert.Equal("The container could not be located when the pod was deleted.  The container used to be Running", a.LastState.Terminated.Message);
        Assert.Equal((3, "fake://b", "Running"), (b.State.Terminated!.ExitCode, b.ContainerID, status.Phase));

        _previous = status;
        Assert.Equal(3, Of(Generate(), "a").RestartCount);
    }

    [Fact]
    public void InitContainerThatTheRuntimeLost_CountsAsDoneOnceOthersAreThere()
    {
        WithInit();
        Have("side:run a:run b:run");
        var i = Generate().InitContainerStatuses![0];
        Assert.Equal(("Completed", 0, true), (i.State.Terminated!.Reason, i.State.Terminated.ExitCode, i.Ready));
        Assert.Equal("Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally", i.State.Terminated.Message);
    }

    [Theory]
    [InlineData(false, "", "a:unknown b:unknown")]
    [InlineData(false, "a:0", "a:0 b:unknown")]
    [InlineData(true, "", "i:unknown side:wait a:wait b:wait")]
    [InlineData(true, "i:0", "i:0 side:wait a:wait b:wait")]
    [InlineData(true, "i:0 side:1", "i:0 side:1 a:wait b:wait")]
    [InlineData(true, "i:0 side:1 a:1", "i:0 side:1 a:1 b:unknown")]
    public void EndedPod_ContainersThatNobodySawEnd_CountAsFailed(bool hasInit, string have, string told)
    {
        if (hasInit) WithInit();
        Have(have);
        _isTerminal = true;
        var status = Generate();
        Assert.Equal("Failed", status.Phase);
        Assert.Equal(told, string.Join(' ', status.InitContainerStatuses.OrEmpty().Concat(status.ContainerStatuses!).Select(c => $"{c.Name}:{Word(c)}")));
    }

    /// <summary>Upstream: mergePodStatus. Who replaces pods goes by their phase, and shall not hear why before it is true.</summary>
    [Fact]
    public void EvictedPod_StillRunning_SaysNothingOfItUntilAllHasEnded()
    {
        Have("a:run b:run");
        _previous = new() { Phase = "Running", Reason = "Before", Message = "said before" };
        _termination = new PodTermination("Evicted", "The node was low on resource: memory.") { IsDisruption = true };
        var status = Generate();
        Assert.Equal(("Running", "Before", "said before"), (status.Phase, status.Reason, status.Message));
        Assert.DoesNotContain(status.Conditions!, c => c.Type == "DisruptionTarget");

        _containers.Clear();
        Have("a:137 b:137");
        _isTerminal = true;
        status = Generate();
        Assert.Equal(("Failed", "Evicted", "The node was low on resource: memory."), (status.Phase, status.Reason, status.Message));
        Assert.Equal("The node was low on resource: memory.", Condition(status, "DisruptionTarget").Message);
    }

    /// <summary>Upstream: normalizeStatus, 12 KiB for all containers of a pod.</summary>
    [Fact]
    public void TerminationMessages_OfManyContainers_ShareTheirRoom()
    {
        _pod.Spec.Containers = [.. Enumerable.Range(0, 8).Select(i => Node.Container($"c{i}"))];
        Have(string.Join(' ', _pod.Spec.Containers.Select(c => $"{c.Name}:1")));
        _message = new string('ä', 4096 / 2);
        _previous = new() { ContainerStatuses = [new() { Name = "c0", LastState = new() { Terminated = new() { Message = _message } } }] };

        var status = Generate();

        Assert.All(status.ContainerStatuses!, c => Assert.Equal(new string('ä', 1536 / 2), c.State.Terminated!.Message));
        Assert.Equal(4096 / 2, _previous.ContainerStatuses[0].LastState.Terminated!.Message!.Length);
    }

    [Fact]
    public void EphemeralContainer_ThatRuns_IsNeverCalledReady()
    {
        _pod.Spec.EphemeralContainers = [new() { Name = "debug" }];
        Have("a:run b:run debug:run");
        var debug = Assert.Single(Generate().EphemeralContainerStatuses!);
        Assert.Equal((true, false, null), (debug.State.Running is not null, debug.Ready, debug.Started));
    }

    [Fact]
    public void HostNetwork_HasTheNodesAddresses()
    {
        _pod.Spec.HostNetwork = true;
        _sandboxes[0].Network = new();
        var status = Generate();
        Assert.Equal(("192.0.2.1", "True"), (status.PodIP, Condition(status, "PodReadyToStartContainers").Status));
    }

    [Fact]
    public void SandboxGone_KeepsTheAddressButCannotStartContainers()
    {
        _previous.PodIPs = [new() { Ip = "10.0.0.9" }];
        _sandboxes[0].State = Cri.PodSandboxState.SandboxNotready;
        _sandboxes[0].Network = new();
        var status = Generate();
        Assert.Equal(("10.0.0.9", "False"), (status.PodIP, Condition(status, "PodReadyToStartContainers").Status));
    }

    private static string Word(ContainerStatus status) => status.State.Terminated switch
    {
        null => "wait",
        { Reason: "ContainerStatusUnknown", ExitCode: 137, Message: "The container could not be located when the pod was terminated" } => "unknown",
        { } end => $"{end.ExitCode}",
    };

    private static ContainerStatus Of(PodStatus status, string container) => status.ContainerStatuses!.Single(c => c.Name == container);

    private static PodCondition Condition(PodStatus status, string type) => status.Conditions!.Single(c => c.Type == type);

    private static string[] Conditions(PodStatus status) => [.. status.Conditions!.Select(c => $"{c.Type} {c.Status} {c.Reason}".TrimEnd())];

    private void WithInit() => _pod.Spec.InitContainers = [Node.Container("i"), Node.Container("side", c => c.RestartPolicy = "Always")];

    [Theory]
    [InlineData("", "10.0.0.1", "10.0.0.1")]
    [InlineData("", "10.0.0.1 fd01::1", "10.0.0.1 fd01::1")]
    [InlineData("10.0.0.1", "10.1.1.1", "10.0.0.1")]
    [InlineData("10.0.0.1 fd01::1", "10.1.1.1 fd01::2", "10.0.0.1 fd01::1")]
    [InlineData("10.0.0.1", "10.0.0.1 fd01::1", "10.0.0.1 fd01::1")]
    [InlineData("fd01::1", "10.0.0.1 fd01::1", "fd01::1")]
    public void HostNetwork_NodesAddressesChange_KeepsThoseOfTheBeginning(string before, string node, string expected)
    {
        _pod.Spec.HostNetwork = true;
        _previous.PodIPs = [.. before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ip => new PodIP { Ip = ip })];
        _nodeAddresses = node.Split(' ');
        var status = Generate();
        Assert.Equal(expected, string.Join(' ', status.PodIPs!.Select(ip => ip.Ip)));
        Assert.Equal(node.Split(' ')[0], status.HostIP);
    }

    /// <summary><c>a:run b:1 c:made</c>: a runs, b ended with 1, c is to be started the next time; the newest first.</summary>
    private void Have(string containers)
    {
        foreach (var (name, state) in containers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split(':')).Select(c => (c[0], c[1])))
        {
            _containers.Add(new()
            {
                Id = name,
                Metadata = new() { Name = name, Attempt = state == "made" ? 4u : 3u },
                State = state switch
                {
                    "run" => Cri.ContainerState.ContainerRunning,
                    "made" => Cri.ContainerState.ContainerCreated,
                    _ => Cri.ContainerState.ContainerExited,
                },
                ExitCode = int.TryParse(state, CultureInfo.InvariantCulture, out var code) ? code : 0,
            });
        }
    }

    private PodStatus Generate() => PodStatusGenerator.Generate(new PodView(
        _pod,
        new PodRuntimeState("uid-pod", "pod", "default", [.. _sandboxes], [.. _containers]),
        _previous,
        _waiting,
        this,
        new NodeFacts("node", _nodeAddresses, ImmutableDictionary<string, Quantity>.Empty, 0, "fake"),
        Now,
        _ => _message) { IsTerminal = _isTerminal, Termination = _termination });
}
