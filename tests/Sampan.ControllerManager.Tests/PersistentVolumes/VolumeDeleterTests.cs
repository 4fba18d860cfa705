using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.PersistentVolumes;

namespace Sampan.ControllerManager.Tests.PersistentVolumes;

/// <summary>Volumes of the policy Delete: who deletes what they hold.</summary>
public sealed class VolumeDeleterTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly List<string> _removed = [];

    private FakeApi Api => _harness.Api;

    private PersistentVolume? Volume => Api.Find<PersistentVolume>(null, "pv");

    [Theory]
    [InlineData("/tmp/data", null, "")]
    [InlineData("/tmp/data", "kubernetes.io/host-path", "")]
    [InlineData("/tmp/", null, "host_path deleter only supports /tmp/.+ but received provided /tmp/")]
    [InlineData("/tmp/../data", null, "host_path deleter only supports /tmp/.+ but received provided /tmp/../data")]
    [InlineData("/data", null, "host_path deleter only supports /tmp/.+ but received provided /data")]
    [InlineData("/data", "example.com/disk", null)]
    [InlineData("/data", "kubernetes.io/gce-pd", null)]
    [InlineData("/data", "kubernetes.io/rbd", "no volume plugin matched name: kubernetes.io/rbd")]
    [InlineData("nfs", null, "error getting deleter volume plugin for volume \"pv\": no deletable volume plugin matched")]
    [InlineData("fc", null, "error getting deleter volume plugin for volume \"pv\": no volume plugin matched")]
    [InlineData("ebs", null, null)]
    [InlineData("csi", null, null)]
    public async Task Release_PolicyIsDelete_IsDoneByWhoeverMadeIt(string what, string? provisioner, string? failure)
    {
        Put(what, provisioner);
        await StartAsync();
        if (failure == "")
        {
            await _harness.UntilAsync(() => Volume is null, "gone");
            Assert.Equal([what], _removed);
            return;
        }

        await _harness.UntilAsync(() => Volume!.Status.Phase == (failure is null ? "Released" : "Failed"), "the phase");
        Assert.Empty(_removed);
        Assert.Equal(failure, Volume!.Status.Message);
        if (failure is not null) await _harness.AdvanceUntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "VolumeFailedDelete" && e.Message == failure && e.Type == "Warning"), "the event");
    }

    [Fact]
    public async Task Release_DirectoryIsBusy_IsTriedAgain()
    {
        var busy = true;
        Put("/tmp/data", null);
        await _harness.StartAsync(c => new VolumeBinder(c, null, new(_ =>
        {
            if (busy) throw new IOException("in use");
        })));
        await _harness.UntilAsync(() => Volume?.Status is { Phase: "Failed", Message: "in use" }, "failed");
        busy = false;
        await _harness.AdvanceUntilAsync(() => Volume is null, "gone", TimeSpan.FromSeconds(1));
    }

    /// <summary>A volume of the same name that comes later is not kept waiting for what became of the first.</summary>
    [Fact]
    public async Task Release_VolumeGoesAndAnotherOfItsNameComes_IsTriedAtOnce()
    {
        var busy = true;
        Put("/tmp/data", null);
        await _harness.StartAsync(c => new VolumeBinder(c, null, new(_ =>
        {
            if (busy) throw new IOException("in use");
        })));
        await _harness.UntilAsync(() => Volume?.Status is { Phase: "Failed" }, "failed");
        Api.Remove<PersistentVolume>(null, Volume!.Metadata.Name);
        await _harness.SettleAsync();
        busy = false;
        Put("/tmp/data", null);
        await _harness.UntilAsync(() => Volume is null, "gone");
    }

    [Theory]
    [InlineData("example.com/disk", "example.com/disk", null)]
    [InlineData("kubernetes.io/aws-ebs", "ebs.csi.aws.com", null)]
    [InlineData("kubernetes.io/no-provisioner", null, "no volume plugin matched name: kubernetes.io/no-provisioner")]
    [InlineData("kubernetes.io/nfs", null, "no provisionable volume plugin matched")]
    [InlineData("kubernetes.io/host-path", null, "Failed to create provisioner: provisioning in volume plugin \"kubernetes.io/host-path\" is disabled")]
    public async Task Claim_OfAClass_AsksItsProvisionerOrSaysThatThereIsNone(string provisioner, string? asked, string? failure)
    {
        Api.Put(new StorageClass { Metadata = new() { Name = "c" }, Provisioner = provisioner });
        Api.Put(new PersistentVolumeClaim { Metadata = new() { Namespace = "default", Name = "data" }, Spec = new() { StorageClassName = "c", AccessModes = ["ReadWriteOnce"] } });
        await _harness.StartAsync(c => new ClaimBinder(c));
        await _harness.UntilAsync(() => Claim.Status.Phase == "Pending", "pending");
        Assert.Equal(asked, Claim.Metadata.Annotations?.GetValueOrDefault("volume.kubernetes.io/storage-provisioner"));
        await _harness.AdvanceUntilAsync(() => Api.List<Event>().Exists(e => failure is null ? e.Reason == "ExternalProvisioning" : e.Reason == "ProvisioningFailed" && e.Message == failure), "the event");
    }

    [Fact]
    public async Task Claim_VolumeHasStillToGrow_ShowsTheSizeFromBefore()
    {
        Put("/data", null);
        var volume = Volume!.DeepClone();
        (volume.Spec.ClaimRef, volume.Status.Phase) = (null, "Available");
        volume.Metadata.Annotations = new() { ["volume.alpha.kubernetes.io/pre-resize-capacity"] = "1Gi" };
        Api.Put(volume);
        Api.Put(new PersistentVolumeClaim { Metadata = new() { Namespace = "default", Name = "data" }, Spec = new() { StorageClassName = "", VolumeName = "pv" } });
        await _harness.StartAsync(c => new ClaimBinder(c));
        await _harness.UntilAsync(() => Claim.Status.Phase == "Bound", "bound");
        Assert.Equal("1Gi", Claim.Status.Capacity!["storage"].ToString());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private PersistentVolumeClaim Claim => Api.Find<PersistentVolumeClaim>("default", "data")!;

    private Task StartAsync() => _harness.StartAsync(c => new VolumeBinder(c, null, new(_removed.Add)));

    private void Put(string what, string? provisioner) => Api.Put(new PersistentVolume
    {
        Metadata = new() { Name = "pv", Annotations = provisioner is null ? null : new() { ["pv.kubernetes.io/provisioned-by"] = provisioner } },
        Spec = new()
        {
            Capacity = new() { ["storage"] = Quantity.Parse("3Gi") },
            PersistentVolumeReclaimPolicy = "Delete",
            ClaimRef = new() { Namespace = "default", Name = "data", Uid = "gone" },
            HostPath = what[0] == '/' ? new() { Path = what } : null,
            Nfs = what == "nfs" ? new() { Server = "server", Path = "/share" } : null,
            Fc = what == "fc" ? new() : null,
            AwsElasticBlockStore = what == "ebs" ? new() { VolumeID = "v" } : null,
            Csi = what == "csi" ? new() { Driver = "d", VolumeHandle = "v" } : null,
        },
        Status = new() { Phase = "Bound" },
    });
}
