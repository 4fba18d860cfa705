using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

/// <summary>What nodes learn of their machines, and what becomes of them when a machine stops or goes.</summary>
public sealed class CloudNodeTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly FakeCloud _cloud = new();

    private FakeApi Api => _harness.Api;

    private Node? Node => Api.Find<Node>(null, "n");

    private string Addresses => string.Join(' ', Node!.Status.Addresses.OrEmpty().Select(a => $"{a.Type}={a.Address}"));

    [Fact]
    public async Task Reconcile_NewNode_LearnsWhatItsMachineIs()
    {
        _cloud.Metadata = _cloud.Metadata! with { Labels = new Dictionary<string, string> { ["example.com/rack"] = "7", ["node.k8s.io/rack"] = "7", ["example.com/known"] = "new" } };
        Put(n => n.Metadata.Labels = new() { ["example.com/known"] = "old" });
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Node!.Spec.Taints is null, "the taint goes");
        Assert.Equal("fake://n", Node!.Spec.ProviderID);
        Assert.Equal("InternalIP=192.0.2.7", Addresses);
        Assert.Equal(
            "beta.kubernetes.io/instance-type=large example.com/known=old example.com/rack=7 failure-domain.beta.kubernetes.io/region=region-1 "
            + "failure-domain.beta.kubernetes.io/zone=zone-a node.kubernetes.io/instance-type=large topology.kubernetes.io/region=region-1 topology.kubernetes.io/zone=zone-a",
            Labels());
        await ToldAsync("Synced", "Node synced successfully");
    }

    [Fact]
    public async Task Reconcile_NewNodeWithAnId_KeepsItAndItsOtherTaints()
    {
        _cloud.Metadata = new(null);
        Put(n =>
        {
            n.Spec.ProviderID = "known://n";
            n.Spec.Taints!.Add(new() { Key = "mine", Effect = "NoSchedule" });
        });
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Node!.Spec.Taints is [{ Key: "mine" }], "the taint goes");
        Assert.Equal("known://n", Node!.Spec.ProviderID);
        Assert.Null(Node.Metadata.Labels);
    }

    [Theory]
    [InlineData("unknown machine", "nobody knows it")]
    [InlineData("no id", "cloud provider does not set node provider ID for node n")]
    [InlineData("other address", "failed to get node address from cloud provider that matches ip: 192.0.2.9")]
    [InlineData("bad address", "provided node ip for node \"n\" is not valid: failed to parse node IP \"abc\"")]
    public async Task Reconcile_MachineUnclear_KeepsTheTaintAndSaysWhy(string what, string message)
    {
        if (what == "unknown machine") _cloud.Refused["describe"] = message;
        if (what == "no id") _cloud.Metadata = _cloud.Metadata! with { ProviderId = null };
        Put(n => n.Metadata.Annotations = what.EndsWith("address", StringComparison.Ordinal)
            ? new() { [MachineAddresses.Provided] = what == "bad address" ? "abc" : "192.0.2.9" } : null);
        await StartAsync();
        await _harness.AdvanceUntilAsync(
            () => Api.List<Event>().Exists(e => e.Reason == "FailedReconcile" && e.Message!.EndsWith(message, StringComparison.Ordinal)), "told", TimeSpan.FromSeconds(1));
        Assert.Single(Node!.Spec.Taints!);
    }

    [Fact]
    public async Task Reconcile_ProviderSaysNothing_LeavesTheNodeAsItIs()
    {
        _cloud.Metadata = null;
        Put();
        await StartAsync();
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Single(Node!.Spec.Taints!);
        Assert.Equal("describe n", string.Join(',', _cloud.Calls));
    }

    [Fact]
    public async Task Reconcile_KnownNode_ItsAddressesAreLookedAtEveryFiveMinutes()
    {
        Put(n => (n.Spec.Taints, n.Status.Addresses) = (null, [new() { Type = "InternalIP", Address = "192.0.2.1" }, new() { Type = "Hostname", Address = "n" }]));
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Addresses == "InternalIP=192.0.2.7 Hostname=n", "the machine's");
        _cloud.Metadata = _cloud.Metadata! with { Addresses = [new() { Type = "InternalIP", Address = "192.0.2.8" }] };
        for (var beat = 0; beat < 20; beat++)
        {
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
            var copy = Node!.DeepClone();
            copy.Status.Conditions![0].LastHeartbeatTime = _harness.Time.GetUtcNow();
            Api.Put(copy);
        }

        Assert.Equal("describe n", string.Join(',', _cloud.Calls));
        await _harness.AdvanceUntilAsync(() => Addresses == "InternalIP=192.0.2.8 Hostname=n", "the new one", TimeSpan.FromSeconds(10));
        Assert.Equal(2, _cloud.Calls.Count);
    }

    [Theory]
    [InlineData("192.0.2.2", "InternalIP=192.0.2.2 InternalIP=192.0.2.1 ExternalIP=203.0.113.1 Hostname=n")]
    [InlineData("203.0.113.1", "ExternalIP=203.0.113.1 InternalIP=192.0.2.1 InternalIP=192.0.2.2 Hostname=n")]
    [InlineData("192.0.2.2,203.0.113.1", "InternalIP=192.0.2.2 InternalIP=192.0.2.1 ExternalIP=203.0.113.1 Hostname=n")]
    public async Task Reconcile_AddressThatTheKubeletWasTold_ComesFirst(string provided, string expected)
    {
        _cloud.Metadata = _cloud.Metadata! with
        {
            Addresses =
            [
                new() { Type = "InternalIP", Address = "192.0.2.1" }, new() { Type = "InternalIP", Address = "192.0.2.2" },
                new() { Type = "ExternalIP", Address = "203.0.113.1" }, new() { Type = "Hostname", Address = "n" },
            ],
        };
        Put(n => n.Metadata.Annotations = new() { [MachineAddresses.Provided] = provided });
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Node!.Spec.Taints is null, "the taint goes");
        Assert.Equal(expected, Addresses);
    }

    [Theory]
    [InlineData("failure-domain.beta.kubernetes.io/zone=a", "failure-domain.beta.kubernetes.io/zone=a topology.kubernetes.io/zone=a")]
    [InlineData("beta.kubernetes.io/instance-type=a node.kubernetes.io/instance-type=b", "beta.kubernetes.io/instance-type=a node.kubernetes.io/instance-type=a")]
    [InlineData("topology.kubernetes.io/region=a", "topology.kubernetes.io/region=a")]
    public async Task Reconcile_OlderLabels_SpeakForTheNewer(string labels, string expected)
    {
        Put(n => (n.Spec.Taints, n.Metadata.Labels) = (null, labels.Split(' ').ToDictionary(l => l.Split('=')[0], l => l.Split('=')[1])));
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Labels() == expected, expected);
    }

    [Fact]
    public async Task Reconcile_MachineShutDownThenGone_TaintsThenRemovesTheNode()
    {
        _cloud.Machines["n"] = false;
        Put(n => n.Spec.Taints = null);
        await StartLifecycleAsync();
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(_cloud.Calls);
        Ready("Unknown");
        _cloud.Machines["n"] = true;
        await _harness.AdvanceUntilAsync(() => Node!.Spec.Taints?.Single().Key == CloudNodeLifecycleController.Shutdown, "tainted", TimeSpan.FromSeconds(1));
        _cloud.Machines["n"] = false;
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(Node!.Spec.Taints);
        Ready("True");
        await _harness.AdvanceUntilAsync(() => Node!.Spec.Taints is null, "ready again", TimeSpan.FromSeconds(1));
        Ready("False");
        _cloud.Machines.Clear();
        await _harness.AdvanceUntilAsync(() => Node is null, "removed", TimeSpan.FromSeconds(1));
        await ToldAsync("DeletingNode", "Deleting node n because it does not exist in the cloud provider");
    }

    [Fact]
    public async Task Reconcile_MachineOfANewNodeNotListedYet_IsWaitedForAMinute()
    {
        Put(n => n.Status.Conditions![0].Status = "False");
        await StartLifecycleAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.NotNull(Node);
        await _harness.AdvanceUntilAsync(() => Node is null, "removed", TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("exists")]
    [InlineData("shutdown")]
    public async Task Reconcile_ProviderDoesNotAnswer_NodeStaysAsItIs(string call)
    {
        _cloud.Machines["n"] = true;
        _cloud.Refused[call] = "no answer";
        Put(n => (n.Spec.Taints, n.Status.Conditions![0].Status) = (null, "Unknown"));
        await StartLifecycleAsync();
        await _harness.AdvanceUntilAsync(
            () => Api.List<Event>().Exists(e => e.Reason == "FailedReconcile" && e.Message!.EndsWith("no answer", StringComparison.Ordinal)), "told", TimeSpan.FromSeconds(1));
        Assert.Null(Node!.Spec.Taints);
    }

    [Fact]
    public async Task Reconcile_NodeCannotBeRemoved_SaysSo()
    {
        Api.Refuse = r => r.Verb == ApiVerbs.Delete ? StatusException.Forbidden(r.Resource.GroupResource, r.Name!, "not today") : null;
        Put(n => (n.Spec.Taints, n.Status.Conditions![0].Status) = (null, "Unknown"));
        await StartLifecycleAsync();
        await _harness.AdvanceUntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "DeletingNodeFailed" && e.Message!.StartsWith("Failed deleting node n: ", StringComparison.Ordinal)), "told");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private string Labels() => string.Join(' ', Node!.Metadata.Labels.OrEmpty().Select(l => $"{l.Key}={l.Value}").Order(StringComparer.Ordinal));

    private Task StartAsync() => _harness.StartAsync(c => new CloudNodeController(c, _cloud, TimeSpan.FromMinutes(5)));

    private Task StartLifecycleAsync() => _harness.StartAsync(c => new CloudNodeLifecycleController(c, _cloud, TimeSpan.FromSeconds(5)));

    private Task ToldAsync(string reason, string message) =>
        _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == reason && e.Message == message), message);

    private void Ready(string status)
    {
        var copy = Node!.DeepClone();
        copy.Status.Conditions![0].Status = status;
        Api.Put(copy);
    }

    /// <summary>A node that has just come.</summary>
    private void Put(Action<Node>? change = null)
    {
        var node = new Node
        {
            Metadata = new() { Name = "n" },
            Spec = new() { Taints = [new() { Key = CloudNodeController.Uninitialized, Value = "true", Effect = "NoSchedule" }] },
            Status = new() { Conditions = [new() { Type = "Ready", Status = "True" }] },
        };
        change?.Invoke(node);
        Api.Put(node);
    }
}
