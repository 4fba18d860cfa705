using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Api.Core.V1.Node;

namespace Sampan.Kubelet.Tests.Nodes;

public sealed class NodeRegistrationTests
{
    private readonly NodesApi _api = new();

    [Fact]
    public async Task Create_Node_HasLabelsTaintsAndAddresses()
    {
        await Registration(o => o with
        {
            NodeLabels = new Dictionary<string, string> { ["zone"] = "a" },
            Configuration = new() { ProviderId = "cloud://1", RegisterWithTaints = [new() { Key = "gpu", Effect = "NoSchedule" }] },
        }).CreateAsync(Status(), default);

        var node = _api.Created!;
        Assert.Equal(("a", "node", "linux"), (node.Metadata.Labels!["zone"], node.Metadata.Labels["kubernetes.io/hostname"], node.Metadata.Labels["kubernetes.io/os"]));
        Assert.Equal("true", node.Metadata.Annotations!["volumes.kubernetes.io/controller-managed-attach-detach"]);
        Assert.Equal(("cloud://1", "gpu"), (node.Spec.ProviderID, Assert.Single(node.Spec.Taints!).Key));
        Assert.Equal("10.0.0.1", Assert.Single(node.Status.Addresses!).Address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.1")]
    public async Task Create_NodeOfACloud_WaitsForItsController(string? given)
    {
        var registration = Registration(o => o with { ExternalCloud = new ExternalCloud(given) });
        await registration.CreateAsync(Status(), default);

        var node = _api.Created!;
        var taint = Assert.Single(node.Spec.Taints!);
        Assert.Equal(("node.cloudprovider.kubernetes.io/uninitialized", "true", "NoSchedule"), (taint.Key, taint.Value, taint.Effect));
        Assert.Equal(given, node.Metadata.Annotations!.GetValueOrDefault("alpha.kubernetes.io/provided-node-ip"));
        Assert.Equal(given, node.Status.Addresses?[0].Address);
        var status = JsonNode.Parse("""{"addresses":[],"images":[]}""")!.AsObject();
        registration.StateAddresses(status);
        Assert.Equal("""{"images":[]}""", status.ToJsonString());
    }

    [Fact]
    public async Task Restore_KnownNode_SetsOnlyWhatIsTheKubelets()
    {
        var registration = Registration(o => o);
        await registration.CreateAsync(Status(), default);
        var known = _api.Created!;
        known.Metadata.Labels!["mine"] = "x";
        await registration.RestoreAsync(known, default);
        Assert.Null(_api.Patched);

        known.Metadata.Labels["kubernetes.io/os"] = "plan9";
        known.Metadata.Annotations = null;
        await registration.RestoreAsync(known, default);
        Assert.Equal("""{"metadata":{"labels":{"kubernetes.io/os":"linux"},"annotations":{"volumes.kubernetes.io/controller-managed-attach-detach":"true"}}}""", _api.Patched);
    }

    [Fact]
    public async Task Restore_LabelsThatWereGiven_AreTheUsersButThoseOfThePlace()
    {
        await Registration(o => o).CreateAsync(Status(), default);

        await Registration(o => o with { NodeLabels = new Dictionary<string, string> { ["pool"] = "fast", ["topology.kubernetes.io/zone"] = "b" } }).RestoreAsync(_api.Created!, default);

        Assert.Equal("""{"metadata":{"labels":{"topology.kubernetes.io/zone":"b"}}}""", _api.Patched);
    }

    [Fact]
    public async Task Create_LabelsThatWereGiven_WinOverWhatTheKubeletKnows()
    {
        await Registration(o => o with { NodeLabels = new Dictionary<string, string> { ["kubernetes.io/hostname"] = "machine" } }).CreateAsync(Status(), default);
        Assert.Equal("machine", _api.Created!.Metadata.Labels!["kubernetes.io/hostname"]);
    }

    [Fact]
    public async Task Restore_AddressThatAnEarlierKubeletWasGiven_IsForgotten()
    {
        await Registration(o => o with { ExternalCloud = new ExternalCloud("10.0.0.1") }).CreateAsync(Status(), default);
        await Registration(o => o).RestoreAsync(_api.Created!, default);
        Assert.Equal("""{"metadata":{"annotations":{"alpha.kubernetes.io/provided-node-ip":null}}}""", _api.Patched);
    }

    /// <summary>Upstream: TestReconcileCMADAnnotationWithExistingNode.</summary>
    [Fact]
    public async Task Restore_NodeThatNoControllerAttachesFor_SaysSo()
    {
        await Registration(o => o).CreateAsync(Status(), default);
        var alone = Registration(o => o with { Configuration = new() { EnableControllerAttachDetach = false } });
        await alone.RestoreAsync(_api.Created!, default);
        Assert.Equal("""{"metadata":{"annotations":{"volumes.kubernetes.io/controller-managed-attach-detach":null}}}""", _api.Patched);

        await alone.CreateAsync(Status(), default);
        Assert.DoesNotContain("volumes.kubernetes.io/controller-managed-attach-detach", _api.Created!.Metadata.Annotations.OrEmpty().Keys);
    }

    private static NodeStatus Status() => new() { Addresses = [new() { Type = "InternalIP", Address = "10.0.0.1" }] };

    private NodeRegistration Registration(Func<KubeletOptions, KubeletOptions> change) => new(change(new KubeletOptions { Client = new ApiClient(_api), NodeName = "node" }));
}
