using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.AttachDetach;

namespace Sampan.ControllerManager.Tests.AttachDetach;

/// <summary>A volume that one node at a time may have, wanted on two; and what its users are told.</summary>
public sealed class MultiAttachTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private IEnumerable<string> Nodes => Api.List<VolumeAttachment>().Select(a => a.Spec.NodeName).Order();

    [Theory]
    [InlineData("ReadWriteOnce", "one")]
    [InlineData("ReadWriteOncePod", "one")]
    [InlineData("ReadWriteMany", "one two")]
    [InlineData("ReadWriteOnce ReadOnlyMany", "one two")]
    [InlineData("", "one two")]
    public async Task Volume_WantedOnTwoNodes_IsAttachedAsItsModesAllow(string modes, string nodes)
    {
        await StartAsync(modes);
        PutPod("second", "two");
        await _harness.UntilAsync(() => string.Join(' ', Nodes) == nodes, nodes);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(nodes, string.Join(' ', Nodes));
    }

    [Fact]
    public async Task Volume_ThatLeavesItsNode_IsAttachedToTheNext()
    {
        await StartAsync("ReadWriteOnce");
        PutPod("second", "two");
        await ToldAsync("second", "FailedAttachVolume", "Multi-Attach error for volume \"pv\" Volume is already used by pod(s) first");
        Api.Remove<Pod>("default", "first");
        await _harness.UntilAsync(() => string.Join(' ', Nodes) == "two", "attached to the other");
    }

    [Fact]
    public async Task Volume_HeldByNobody_IsToldOfOnce()
    {
        await StartAsync("ReadWriteOnce");
        var node = Api.Find<Node>(null, "one")!.DeepClone();
        node.Status.VolumesInUse = ["kubernetes.io/csi/disk.example.com^handle"];
        Api.Put(node);
        await _harness.SettleAsync();
        Api.Remove<Pod>("default", "first");
        PutPod("second", "two");
        await ToldAsync("second", "FailedAttachVolume", "Multi-Attach error for volume \"pv\" Volume is already exclusively attached to one node and can't be attached to another");
        for (var i = 0; i < 3; i++)
        {
            Api.Put(new Node { Metadata = new() { Name = "two", Annotations = new() { ["volumes.kubernetes.io/controller-managed-attach-detach"] = "true", ["seen"] = $"{i}" } } });
            await _harness.SettleAsync();
        }

        Assert.Single(Api.List<Event>(), e => e.Reason == "FailedAttachVolume");
        Assert.Equal(1, Api.List<Event>().Single(e => e.Reason == "FailedAttachVolume").Count);
    }

    [Fact]
    public async Task Attachment_SucceedsOrFails_IsToldToThePod()
    {
        await StartAsync("ReadWriteOnce");
        Change(a => a.Status.AttachError = new() { Message = "rpc error: no such disk" });
        await ToldAsync("first", "FailedAttachVolume", "AttachVolume.Attach failed for volume \"pv\" : rpc error: no such disk");
        Change(a => (a.Status.Attached, a.Status.AttachError) = (true, null));
        await ToldAsync("first", "SuccessfulAttachVolume", "AttachVolume.Attach succeeded for volume \"pv\" ");
    }

    [Fact]
    public async Task Node_ThatDoesNotAnswer_KeepsItsVolumesWhereThatIsAskedFor()
    {
        await StartAsync("ReadWriteOnce", forces: false);
        var node = Api.Find<Node>(null, "one")!.DeepClone();
        node.Status.VolumesInUse = ["kubernetes.io/csi/disk.example.com^handle"];
        node.Status.Conditions = [new() { Type = "Ready", Status = "Unknown", LastTransitionTime = _harness.Time.GetUtcNow() }];
        Api.Put(node);
        await _harness.SettleAsync();
        Api.Remove<Pod>("default", "first");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(["one"], Nodes);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task StartAsync(string modes, bool forces = true)
    {
        foreach (var name in new[] { "one", "two" }) Api.Put(new Node { Metadata = new() { Name = name, Annotations = new() { ["volumes.kubernetes.io/controller-managed-attach-detach"] = "true" } } });
        Api.Put(new PersistentVolume
        {
            Metadata = new() { Name = "pv" },
            Spec = new()
            {
                Csi = new() { Driver = "disk.example.com", VolumeHandle = "handle" },
                AccessModes = modes.Length == 0 ? null : [.. modes.Split(' ')],
                ClaimRef = new() { Namespace = "default", Name = "data", Uid = "data" },
            },
        });
        Api.Put(new PersistentVolumeClaim { Metadata = new() { Namespace = "default", Name = "data", Uid = "data" }, Spec = new() { VolumeName = "pv" }, Status = new() { Phase = "Bound" } });
        PutPod("first", "one");
        await _harness.StartAsync(c => new AttachDetachController(c, forces));
        await _harness.UntilAsync(() => Nodes.SequenceEqual(["one"]), "the first attachment");
    }

    private void PutPod(string name, string node)
    {
        var pod = Workloads.Pod(name, node: node);
        pod.Spec.Volumes = [new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }];
        Api.Put(pod);
    }

    private void Change(Action<VolumeAttachment> change)
    {
        var copy = Api.List<VolumeAttachment>().Single().DeepClone();
        change(copy);
        Api.Put(copy);
    }

    private Task ToldAsync(string pod, string reason, string message) =>
        _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.InvolvedObject.Name == pod && e.Reason == reason && e.Message == message), message);
}
