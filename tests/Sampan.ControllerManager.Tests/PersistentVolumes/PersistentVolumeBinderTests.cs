using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.PersistentVolumes;

namespace Sampan.ControllerManager.Tests.PersistentVolumes;

public sealed class PersistentVolumeBinderTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Bind_SeveralVolumes_TakesTheSmallestThatSuits()
    {
        PutVolume("small", "1Gi");
        PutVolume("large", "10Gi");
        PutVolume("medium", "5Gi");
        PutVolume("block", "2Gi", v => v.Spec.VolumeMode = "Block");
        PutVolume("fast", "2Gi", v => v.Spec.StorageClassName = "fast");
        PutVolume("shared", "2Gi", v => v.Spec.AccessModes = ["ReadOnlyMany"]);
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<PersistentVolume>().TrueForAll(v => v.Status.Phase == "Available"), "all are to be had");
        PutClaim("data", "2Gi");
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Bound" && Volume("medium").Status.Phase == "Bound", "bound");
        Assert.Equal(("medium", "5Gi"), (Claim("data").Spec.VolumeName, Claim("data").Status.Capacity!["storage"].ToString()));
        Assert.Equal(Claim("data").Metadata.Uid, Volume("medium").Spec.ClaimRef!.Uid);
        Assert.All(new[] { "small", "large", "block", "fast", "shared" }, name => Assert.Equal("Available", Volume(name).Status.Phase));
        Assert.Equal("yes", Claim("data").Metadata.Annotations!["pv.kubernetes.io/bind-completed"]);
    }

    [Fact]
    public async Task Bind_ManyClaimsForFewVolumes_EachVolumeServesOne()
    {
        for (var i = 0; i < 4; i++) PutVolume($"pv-{i}", "1Gi");
        for (var i = 0; i < 8; i++) PutClaim($"data-{i}", "1Gi");
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Api.List<PersistentVolumeClaim>().Count(c => c.Status.Phase == "Bound") == 4, "four are bound");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(4, Api.List<PersistentVolumeClaim>().Where(c => c.Spec.VolumeName is not null).Select(c => c.Spec.VolumeName).Distinct().Count());
        Assert.Equal(4, Api.List<PersistentVolumeClaim>().Count(c => c.Status.Phase == "Pending"));
        Api.List<PersistentVolumeClaim>().Where(c => c.Status.Phase == "Bound").ToList().ForEach(c => Assert.Equal(c.Metadata.Uid, Volume(c.Spec.VolumeName!).Spec.ClaimRef!.Uid));
    }

    [Fact]
    public async Task Bind_VolumeAppearsLater_IsTaken()
    {
        PutClaim("data", "2Gi");
        await StartAsync();
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Pending", "pending");
        PutVolume("late", "2Gi");
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Bound", "bound");
    }

    [Theory]
    [InlineData("2Gi", "Bound")]
    [InlineData("9Gi", "Pending")]
    public async Task Bind_ClaimNamesItsVolume_TakesThatOneIfItSuits(string size, string phase)
    {
        PutVolume("other", "2Gi");
        PutVolume("mine", "3Gi");
        PutClaim("data", size, c => c.Spec.VolumeName = "mine");
        await StartAsync();
        await _harness.UntilAsync(() => Claim("data").Status.Phase == phase, phase);
        if (phase == "Bound") return;
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Message == "Cannot bind to requested volume \"mine\": requested PV is too small"), "the reason");
    }

    [Fact]
    public async Task Bind_VolumeNamesItsClaim_IsKeptForIt()
    {
        PutVolume("kept", "5Gi", v => v.Spec.ClaimRef = new() { Namespace = "default", Name = "data" });
        PutClaim("other", "2Gi");
        await StartAsync();
        await _harness.UntilAsync(() => Claim("other").Status.Phase == "Pending", "the other waits");
        PutClaim("data", "2Gi");
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Bound", "bound");
        Assert.Equal("kept", Claim("data").Spec.VolumeName);
    }

    [Fact]
    public async Task Bind_DelayedClass_WaitsForTheScheduler()
    {
        PutClass("late", c => c.VolumeBindingMode = "WaitForFirstConsumer");
        PutVolume("pv", "2Gi", v => v.Spec.StorageClassName = "late");
        PutClaim("data", "2Gi", c => c.Spec.StorageClassName = "late");
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "WaitForFirstConsumer"), "it says so");
        Assert.Null(Claim("data").Spec.VolumeName);
        var copy = Claim("data").DeepClone();
        copy.Metadata.Annotations = new() { ["volume.kubernetes.io/selected-node"] = "one" };
        Api.Put(copy);
        await _harness.UntilAsync(() => Claim("data").Metadata.Annotations!.ContainsKey("volume.kubernetes.io/storage-provisioner"), "a new one is asked for");
        var volume = Volume("pv").DeepClone();
        volume.Spec.ClaimRef = new() { Namespace = "default", Name = "data" };
        Api.Put(volume);
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Bound", "the one that the scheduler chose is taken");
    }

    [Fact]
    public async Task Provision_NoVolume_AsksTheProvisionerOfTheDefaultClass()
    {
        PutClaim("data", "2Gi", c => c.Spec.StorageClassName = null);
        await StartAsync();
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Pending", "pending");
        PutClass("standard", c => c.Metadata.Annotations = new() { ["storageclass.kubernetes.io/is-default-class"] = "true" });
        await _harness.UntilAsync(() => Claim("data").Metadata.Annotations?.ContainsKey("volume.kubernetes.io/storage-provisioner") == true, "asked");
        Assert.Equal(("standard", "example.com/disk"), (Claim("data").Spec.StorageClassName, Claim("data").Metadata.Annotations!["volume.kubernetes.io/storage-provisioner"]));
        PutVolume("made", "2Gi", v => (v.Spec.StorageClassName, v.Spec.ClaimRef) = ("standard", new() { Namespace = "default", Name = "data", Uid = Claim("data").Metadata.Uid }));
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Bound", "bound");
    }

    [Theory]
    [InlineData("Retain", false, "Released")]
    [InlineData("Delete", true, "Released")]
    [InlineData("Delete", false, "Failed")]
    [InlineData("Recycle", false, "Released")]
    public async Task Release_ClaimGone_FollowsThePolicy(string policy, bool provisioned, string phase)
    {
        PutVolume("pv", "2Gi", v =>
        {
            v.Spec.PersistentVolumeReclaimPolicy = policy;
            if (provisioned) v.Metadata.Annotations = new() { ["pv.kubernetes.io/provisioned-by"] = "example.com/disk" };
        });
        PutClaim("data", "2Gi");
        await StartAsync();
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Bound", "bound");
        Api.Remove<PersistentVolumeClaim>("default", "data");
        await _harness.UntilAsync(() => Volume("pv").Status.Phase == phase, phase);
        PutClaim("data", "2Gi");
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Pending", "a new claim of that name does not get the old data");
    }

    [Fact]
    public async Task Lose_VolumeGone_ClaimSaysSo()
    {
        PutVolume("pv", "2Gi");
        PutClaim("data", "2Gi");
        await StartAsync();
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Bound", "bound");
        Api.Remove<PersistentVolume>(null, "pv");
        await _harness.UntilAsync(() => Claim("data").Status.Phase == "Lost", "lost");
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "ClaimLost"), "the event");
    }

    [Fact]
    public async Task Bind_WritesFail_EndsInTheSameState()
    {
        var random = new Random(3);
        Api.Refuse = r =>
        {
            lock (random) return r.Verb == ApiVerbs.Update && random.Next(2) == 0 ? StatusException.Conflict(r.Resource.GroupResource, r.Name ?? "") : null;
        };
        PutVolume("pv", "2Gi");
        PutClaim("data", "2Gi");
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Claim("data").Status.Phase == "Bound" && Volume("pv").Status.Phase == "Bound", "bound");
        Assert.Equal("pv", Claim("data").Spec.VolumeName);
    }

    [Fact]
    public async Task Bind_WritesRefusedAgainAndAgain_TellsTheUsersOfTheClaim()
    {
        Api.Refuse = r => r.Verb == ApiVerbs.Update && r.Resource.Resource == "persistentvolumes" ? StatusException.Forbidden(r.Resource.GroupResource, "pv", "not today") : null;
        PutVolume("pv", "2Gi", v => v.Status.Phase = "Available");
        PutClaim("data", "2Gi");
        await StartAsync();
        await _harness.AdvanceUntilAsync(
            () => Api.List<Event>().Exists(e => e is { Reason: "FailedReconcile", InvolvedObject: { Kind: "PersistentVolumeClaim", Name: "data" } } && e.Message!.EndsWith("not today", StringComparison.Ordinal)),
            "the event");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new ClaimBinder(c), c => new VolumeBinder(c));

    private PersistentVolumeClaim Claim(string name) => Api.Find<PersistentVolumeClaim>("default", name)!;

    private PersistentVolume Volume(string name) => Api.Find<PersistentVolume>(null, name)!;

    private void PutClass(string name, Action<StorageClass> change)
    {
        var storageClass = new StorageClass { Metadata = new ObjectMeta { Name = name }, Provisioner = "example.com/disk" };
        change(storageClass);
        Api.Put(storageClass);
    }

    private void PutVolume(string name, string size, Action<PersistentVolume>? change = null)
    {
        var volume = new PersistentVolume
        {
            Metadata = new ObjectMeta { Name = name },
            Spec = new PersistentVolumeSpec
            {
                Capacity = new() { ["storage"] = Quantity.Parse(size) },
                AccessModes = ["ReadWriteOnce", "ReadOnlyMany"],
                HostPath = new() { Path = $"/data/{name}" },
                PersistentVolumeReclaimPolicy = "Retain",
            },
        };
        change?.Invoke(volume);
        Api.Put(volume);
    }

    private void PutClaim(string name, string size, Action<PersistentVolumeClaim>? change = null)
    {
        var claim = new PersistentVolumeClaim
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name },
            Spec = new PersistentVolumeClaimSpec
            {
                AccessModes = ["ReadWriteOnce"], StorageClassName = "", Resources = new() { Requests = new() { ["storage"] = Quantity.Parse(size) } },
            },
        };
        change?.Invoke(claim);
        Api.Put(claim);
    }
}
