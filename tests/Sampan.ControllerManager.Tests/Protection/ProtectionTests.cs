using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.EphemeralVolumes;
using Sampan.ControllerManager.Protection;

namespace Sampan.ControllerManager.Tests.Protection;

public sealed class ProtectionTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Claim_UsedByAPod_GoesAfterThePod()
    {
        Api.Put(Claim("data"));
        Api.Put(PodWith("user", new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }, node: "one"));
        await _harness.StartAsync(c => new ClaimProtectionController(c));
        await _harness.UntilAsync(() => Find("data")!.Metadata.Finalizers is ["kubernetes.io/pvc-protection"], "the finalizer");
        await Api.Client.Of<PersistentVolumeClaim>().DeleteAsync("default", "data", default);
        await _harness.SettleAsync();
        Assert.NotNull(Find("data")!.Metadata.DeletionTimestamp);
        Api.Remove<Pod>("default", "user");
        await _harness.UntilAsync(() => Find("data") is null, "gone after its user");
    }

    [Fact]
    public async Task Claim_UsedByAPodWithoutANode_Goes()
    {
        Api.Put(Claim("data"));
        Api.Put(PodWith("user", new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }, node: null));
        await _harness.StartAsync(c => new ClaimProtectionController(c));
        await _harness.UntilAsync(() => Find("data")!.Metadata.Finalizers is { Count: 1 }, "the finalizer");
        await Api.Client.Of<PersistentVolumeClaim>().DeleteAsync("default", "data", default);
        await _harness.UntilAsync(() => Find("data") is null, "gone");
    }

    /// <summary>The pod is deleted in the foreground and waits for its claim: the claim must not wait for the pod.</summary>
    [Theory]
    [InlineData(30L, false)]
    [InlineData(0L, true)]
    public async Task Claim_OfAPodThatIsShutDown_GoesBeforeIt(long grace, bool goes)
    {
        var pod = Api.Put(PodWith("user", new Volume { Name = "scratch", Ephemeral = new() { VolumeClaimTemplate = new() } }, node: "one"));
        var claim = Claim("user-scratch");
        (claim.Metadata.OwnerReferences, claim.Metadata.Finalizers) = ([Common.OwnerReferences.ControllerRef(pod)], ["kubernetes.io/pvc-protection"]);
        Api.Put(claim);
        await _harness.StartAsync(c => new ClaimProtectionController(c));
        await Api.Client.Of<PersistentVolumeClaim>().DeleteAsync("default", "user-scratch", default);
        await _harness.SettleAsync();
        Assert.NotNull(Find("user-scratch"));
        var ending = pod.DeepClone();
        (ending.Metadata.Finalizers, ending.Metadata.DeletionTimestamp, ending.Metadata.DeletionGracePeriodSeconds) = (["foregroundDeletion"], _harness.Time.GetUtcNow(), grace);
        Api.Put(ending);
        if (goes) await _harness.UntilAsync(() => Find("user-scratch") is null, "gone before the pod");
        await _harness.SettleAsync();
        Assert.Equal(goes, Find("user-scratch") is null);
    }

    [Fact]
    public async Task Claim_NamedAsAnEphemeralVolumeButNotThePods_Goes()
    {
        Api.Put(PodWith("user", new Volume { Name = "scratch", Ephemeral = new() { VolumeClaimTemplate = new() } }, node: "one"));
        Api.Put(Claim("user-scratch"));
        await _harness.StartAsync(c => new ClaimProtectionController(c));
        await _harness.UntilAsync(() => Find("user-scratch")!.Metadata.Finalizers is { Count: 1 }, "the finalizer");
        await Api.Client.Of<PersistentVolumeClaim>().DeleteAsync("default", "user-scratch", default);
        await _harness.UntilAsync(() => Find("user-scratch") is null, "gone");
    }

    [Fact]
    public async Task Claim_PodIsNotInTheCacheYet_ServerIsAsked()
    {
        var claim = Claim("data");
        claim.Metadata.Finalizers = ["kubernetes.io/pvc-protection"];
        Api.Put(claim);
        await _harness.StartAsync(c => new ClaimProtectionController(c));
        Api.Special = r => r is { Verb: ApiVerbs.List, Resource.Resource: "pods" }
            ? new ObjectList([PodWith("late", new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }, node: "one")], "1") : null;
        await Api.Client.Of<PersistentVolumeClaim>().DeleteAsync("default", "data", default);
        await _harness.SettleAsync();
        Assert.NotNull(Find("data"));
    }

    [Fact]
    public async Task Volume_Bound_GoesOnceReleased()
    {
        Api.Put(new PersistentVolume { Metadata = new ObjectMeta { Name = "pv" }, Status = new PersistentVolumeStatus { Phase = "Bound" } });
        await _harness.StartAsync(c => new VolumeProtectionController(c));
        await _harness.UntilAsync(() => Volume()!.Metadata.Finalizers is ["kubernetes.io/pv-protection"], "the finalizer");
        await Api.Client.Of<PersistentVolume>().DeleteAsync(null, "pv", default);
        await _harness.SettleAsync();
        var copy = Volume()!.DeepClone();
        copy.Status.Phase = "Released";
        Api.Put(copy);
        await _harness.UntilAsync(() => Volume() is null, "gone");

        PersistentVolume? Volume() => Api.Find<PersistentVolume>(null, "pv");
    }

    [Fact]
    public async Task AttributesClass_NamedByAClaim_GoesAfterIt()
    {
        var claim = Claim("data");
        claim.Spec.VolumeAttributesClassName = "gold";
        Api.Put(claim);
        Api.Put(new VolumeAttributesClass { Metadata = new ObjectMeta { Name = "gold" }, DriverName = "driver" });
        await _harness.StartAsync(c => new AttributesClassProtectionController(c));
        await _harness.UntilAsync(() => Class()!.Metadata.Finalizers is ["kubernetes.io/vac-protection"], "the finalizer");
        await Api.Client.Of<VolumeAttributesClass>().DeleteAsync(null, "gold", default);
        await _harness.SettleAsync();
        Assert.NotNull(Class());
        Api.Remove<PersistentVolumeClaim>("default", "data");
        await _harness.UntilAsync(() => Class() is null, "gone");

        VolumeAttributesClass? Class() => Api.Find<VolumeAttributesClass>(null, "gold");
    }

    [Fact]
    public async Task Ephemeral_PodWithAVolume_GetsItsClaim()
    {
        var template = new PersistentVolumeClaimTemplate { Metadata = new ObjectMeta { Labels = Workloads.App() }, Spec = new() { AccessModes = ["ReadWriteOnce"] } };
        var pod = Api.Put(PodWith("user", new Volume { Name = "scratch", Ephemeral = new() { VolumeClaimTemplate = template } }, node: null));
        await _harness.StartAsync(c => new EphemeralVolumeController(c));
        await _harness.UntilAsync(() => Find("user-scratch") is not null, "the claim");
        var claim = Find("user-scratch")!;
        Assert.Equal(("Pod", pod.Metadata.Uid, true), (claim.Metadata.OwnerReferences!.Single().Kind, claim.Metadata.OwnerReferences![0].Uid, claim.Metadata.OwnerReferences[0].Controller));
        Assert.Equal("web", claim.Metadata.Labels!["app"]);
    }

    [Fact]
    public async Task Ephemeral_ClaimOfSomebodyElse_IsNotTaken()
    {
        Api.Put(Claim("user-scratch"));
        Api.Put(PodWith("user", new Volume { Name = "scratch", Ephemeral = new() { VolumeClaimTemplate = new() } }, node: null));
        await _harness.StartAsync(c => new EphemeralVolumeController(c));
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Message == "ephemeral volume scratch: PVC default/user-scratch was not created for pod default/user (pod is not owner)"), "the pod's users are told");
        Assert.Null(Find("user-scratch")!.Metadata.OwnerReferences);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private PersistentVolumeClaim? Find(string name) => Api.Find<PersistentVolumeClaim>("default", name);

    private static PersistentVolumeClaim Claim(string name) => new() { Metadata = new ObjectMeta { Namespace = "default", Name = name } };

    private static Pod PodWith(string name, Volume volume, string? node)
    {
        var pod = Workloads.Pod(name, node: node);
        pod.Spec.Volumes = [volume];
        return pod;
    }
}
