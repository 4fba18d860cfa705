using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.AttachDetach;

namespace Sampan.ControllerManager.Tests.AttachDetach;

public sealed class AttachDetachControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private Node Node => Api.Find<Node>(null, "one")!;

    private VolumeAttachment? Attachment => Api.List<VolumeAttachment>().SingleOrDefault();

    [Fact]
    public async Task Reconcile_PodOnANode_AttachesAndTellsTheKubelet()
    {
        await StartAsync();
        Assert.Equal(("disk.example.com", "one", "pv"), (Attachment!.Spec.Attacher, Attachment.Spec.NodeName, Attachment.Spec.Source.PersistentVolumeName));
        // sha256 of handle, driver and node: the name under which external attachers expect it.
        Assert.Equal("csi-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("handledisk.example.comone"u8)), Attachment.Metadata.Name);
        await AttachAsync();
        Assert.Equal("kubernetes.io/csi/disk.example.com^handle", Node.Status.VolumesAttached!.Single().Name);
    }

    [Fact]
    public async Task Reconcile_PodGone_DetachesAfterTheUnmount()
    {
        await StartAsync();
        await AttachAsync();
        InUse("kubernetes.io/csi/disk.example.com^handle");
        await _harness.SettleAsync();
        Api.Remove<Pod>("default", "user");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.NotNull(Attachment);
        InUse();
        await _harness.UntilAsync(() => Attachment is null && Node.Status.VolumesAttached is null or { Count: 0 }, "detached");
    }

    [Fact]
    public async Task Reconcile_NodeIsLost_DetachesAfterSixMinutes()
    {
        await StartAsync();
        await AttachAsync();
        InUse("kubernetes.io/csi/disk.example.com^handle");
        await _harness.SettleAsync();
        var copy = Node.DeepClone();
        copy.Status.Conditions = [new() { Type = "Ready", Status = "Unknown", LastTransitionTime = _harness.Time.GetUtcNow() }];
        Api.Put(copy);
        Api.Remove<Pod>("default", "user");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(5.9));
        Assert.NotNull(Attachment);
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(0.2));
        Assert.Null(Attachment);
    }

    [Fact]
    public async Task Reconcile_NodeOutOfService_DetachesWithoutWaiting()
    {
        await StartAsync();
        await AttachAsync();
        InUse("kubernetes.io/csi/disk.example.com^handle");
        var copy = Node.DeepClone();
        copy.Spec.Taints = [new() { Key = "node.kubernetes.io/out-of-service", Effect = "NoExecute" }];
        Api.Put(copy);
        await _harness.SettleAsync();
        Assert.NotNull(Attachment);
        Api.Remove<Pod>("default", "user");
        await _harness.UntilAsync(() => Attachment is null, "detached at once");
    }

    [Fact]
    public async Task Reconcile_DriverNeedsNoAttaching_DoesNothing()
    {
        Api.Put(new CSIDriver { Metadata = new ObjectMeta { Name = "disk.example.com" }, Spec = new() { AttachRequired = false } });
        Put();
        await _harness.StartAsync(c => new AttachDetachController(c));
        await _harness.SettleAsync();
        Assert.Null(Attachment);
    }

    [Fact]
    public async Task Reconcile_AttachmentOfSomebodyElse_IsLeftAlone()
    {
        Api.Put(new VolumeAttachment { Metadata = new() { Name = "va-backup" }, Spec = new() { Attacher = "backup.example.com", NodeName = "one", Source = new() { PersistentVolumeName = "elsewhere" } } });
        Put();
        await _harness.StartAsync(c => new AttachDetachController(c));
        await _harness.UntilAsync(() => Api.List<VolumeAttachment>().Count == 2, "the own one");
        Api.Remove<Pod>("default", "user");

        await _harness.UntilAsync(() => Api.List<VolumeAttachment>().Count == 1, "the own one goes");
        Assert.Equal("va-backup", Attachment!.Metadata.Name);
    }

    [Theory]
    [InlineData("the kubelet attaches itself", false)]
    [InlineData("the volume is another claim's", false)]
    [InlineData("the ephemeral claim is another pod's", false)]
    [InlineData("the node is not there", false)]
    [InlineData("the pod is going and its containers have ended", false)]
    [InlineData("the pod is going and a container runs", true)]
    public async Task Reconcile_WhoMayHaveTheVolume_IsUpstreams(string what, bool attached)
    {
        Put();
        var pod = Api.Find<Pod>("default", "user")!.DeepClone();
        switch (what)
        {
            case "the kubelet attaches itself": Api.Put(new Node { Metadata = new ObjectMeta { Name = "one" } }); break;
            case "the volume is another claim's":
                var volume = Api.Find<PersistentVolume>(null, "pv")!.DeepClone();
                volume.Spec.ClaimRef!.Uid = "another";
                Api.Put(volume);
                break;
            case "the ephemeral claim is another pod's":
                pod.Spec.Volumes = [new Volume { Name = "data", Ephemeral = new() { VolumeClaimTemplate = new() } }];
                var claim = Api.Find<PersistentVolumeClaim>("default", "data")!.DeepClone();
                (claim.Metadata.Name, claim.Metadata.Uid) = ("user-data", "data");
                Api.Put(claim);
                break;
            case "the node is not there": Api.Remove<Node>(null, "one"); break;
            default:
                pod.Metadata.DeletionTimestamp = _harness.Time.GetUtcNow();
                pod.Status.ContainerStatuses = [new() { Name = "web", State = what.EndsWith("runs", StringComparison.Ordinal) ? new() { Running = new() } : new() { Terminated = new() } }];
                break;
        }

        Api.Put(pod);
        await _harness.StartAsync(c => new AttachDetachController(c));
        await _harness.SettleAsync();
        if (attached) await _harness.UntilAsync(() => Attachment is not null, "attached");
        else Assert.Null(Attachment);
    }

    [Fact]
    public async Task Reconcile_PodGone_KubeletIsToldBeforeTheVolumeGoes()
    {
        await StartAsync();
        await AttachAsync();
        Api.Refuse = r => r is { Verb: ApiVerbs.Update, Resource.Resource: "nodes" } ? StatusException.Conflict(r.Resource.GroupResource, "one") : null;
        Api.Remove<Pod>("default", "user");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.NotNull(Attachment);
        Api.Refuse = null;
        await _harness.AdvanceUntilAsync(() => Attachment is null, "detached");
        Assert.Empty(Node.Status.VolumesAttached.OrEmpty());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task StartAsync()
    {
        Put();
        await _harness.StartAsync(c => new AttachDetachController(c));
        await _harness.UntilAsync(() => Attachment is not null, "the attachment");
    }

    private async Task AttachAsync()
    {
        var copy = Attachment!.DeepClone();
        copy.Status.Attached = true;
        Api.Put(copy);
        await _harness.UntilAsync(() => Node.Status.VolumesAttached is { Count: 1 }, "the node's status");
    }

    private void InUse(params List<string> volumes)
    {
        var copy = Node.DeepClone();
        copy.Status.VolumesInUse = volumes;
        Api.Put(copy);
    }

    private void Put()
    {
        Api.Put(new Node { Metadata = new ObjectMeta { Name = "one", Annotations = new() { ["volumes.kubernetes.io/controller-managed-attach-detach"] = "true" } } });
        Api.Put(new PersistentVolume { Metadata = new ObjectMeta { Name = "pv" }, Spec = new() { Csi = new() { Driver = "disk.example.com", VolumeHandle = "handle" }, ClaimRef = new() { Namespace = "default", Name = "data", Uid = "data" } } });
        Api.Put(new PersistentVolumeClaim { Metadata = new ObjectMeta { Namespace = "default", Name = "data", Uid = "data" }, Spec = new() { VolumeName = "pv" }, Status = new() { Phase = "Bound" } });
        var pod = Workloads.Pod("user", node: "one");
        pod.Spec.Volumes = [new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }];
        Api.Put(pod);
    }
}
