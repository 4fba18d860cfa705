using Sampan.Api.Core.V1;
using Sampan.ControllerManager.PersistentVolumes;

namespace Sampan.ControllerManager.Tests.PersistentVolumes;

/// <summary>Volumes of the policy Recycle: a pod empties them for the next claim.</summary>
public sealed class VolumeRecyclerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private PersistentVolume Volume => Api.Find<PersistentVolume>(null, "pv")!;

    private Pod? Recycler => Api.Find<Pod>("default", "recycler-for-pv");

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Release_PodSucceeds_VolumeIsFree(bool byController, bool keepsName)
    {
        Put(byController);
        await StartAsync();
        await _harness.UntilAsync(() => Recycler is not null && Volume.Status.Phase == "Released", "the pod");
        Assert.Equal(("/data", "Never", 90L), (Recycler!.Spec.Volumes![0].HostPath!.Path, Recycler.Spec.RestartPolicy, Recycler.Spec.ActiveDeadlineSeconds));
        End("Succeeded", null);
        await _harness.AdvanceUntilAsync(() => Volume.Status.Phase == "Available" && Recycler is null, "free again");
        Assert.Equal(keepsName ? "data" : null, Volume.Spec.ClaimRef?.Name);
        Assert.True(string.IsNullOrEmpty(Volume.Spec.ClaimRef?.Uid));
        await _harness.UntilAsync(() => Told("Normal", "VolumeRecycled", "Volume recycled"), "the event");
    }

    [Theory]
    [InlineData("no such file", "Recycle failed: failed to recycle volume: no such file")]
    [InlineData(null, "Recycle failed: failed to recycle volume: pod failed, pod.Status.Message unknown")]
    public async Task Release_PodFails_VolumeHasFailedUntilAnotherPodSucceeds(string? said, string message)
    {
        Put(byController: true);
        await StartAsync();
        await _harness.UntilAsync(() => Recycler is not null, "the pod");
        End("Failed", said);
        await _harness.AdvanceUntilAsync(() => Volume.Status is { Phase: "Failed" } && Recycler is null, "failed");
        Assert.Equal(message, Volume.Status.Message);
        await _harness.AdvanceUntilAsync(() => Told("Warning", "VolumeFailedRecycle", message), "the event");
        await _harness.AdvanceUntilAsync(() => Recycler is not null, "another pod", TimeSpan.FromSeconds(1));
        Assert.Equal("Failed", Volume.Status.Phase);
        End("Succeeded", null);
        await _harness.AdvanceUntilAsync(() => Volume.Status.Phase == "Available", "free again");
    }

    [Fact]
    public async Task Release_PodOfAnEarlierVolume_MakesWay()
    {
        Api.Put(new Pod { Metadata = new() { Namespace = "default", Name = "recycler-for-pv", Uid = "old" }, Spec = new() { Containers = [] }, Status = new() { Phase = "Succeeded" } });
        Put(byController: true);
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Recycler is { } pod && pod.Metadata.Uid != "old", "a pod of its own");
        Assert.Equal("Released", Volume.Status.Phase);
    }

    [Fact]
    public async Task Release_VolumeIsStillUsed_WaitsForThePod()
    {
        Put(byController: true);
        var user = Workloads.Pod("user", node: "one");
        user.Spec.Volumes = [new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }];
        Api.Put(user);
        await StartAsync();
        await _harness.UntilAsync(() => Told("Normal", "VolumeFailedRecycle", "Volume is used by pods: default/user"), "the event");
        Assert.Null(Recycler);
        Api.Remove<Pod>("default", "user");
        await _harness.AdvanceUntilAsync(() => Recycler is not null, "the pod", TimeSpan.FromSeconds(1));
    }

    /// <summary>Its users have the volume of that claim.</summary>
    [Fact]
    public async Task Release_ClaimOfTheSameNameIsUsed_DoesNotWait()
    {
        Put(byController: true);
        Api.Put(new PersistentVolumeClaim { Metadata = new() { Namespace = "default", Name = "data" }, Spec = new() { VolumeName = "other" } });
        var user = Workloads.Pod("user", node: "one");
        user.Spec.Volumes = [new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }];
        Api.Put(user);
        await StartAsync();
        await _harness.UntilAsync(() => Recycler is not null, "the pod");
    }

    [Fact]
    public async Task Release_TemplateIsGiven_ItsFirstVolumeIsTheOne()
    {
        var template = new Pod
        {
            Metadata = new() { Namespace = "infra", Labels = Workloads.App("cleaner") },
            Spec = new() { Volumes = [new() { Name = "what", EmptyDir = new() }], Containers = [new() { Name = "clean", Image = "cleaner" }] },
        };
        Put(byController: true, nfs: true);
        await _harness.StartAsync(c => new VolumeBinder(c, new() { Nfs = new(template, 300, 30) }));
        await _harness.UntilAsync(() => Api.Find<Pod>("infra", "recycler-for-pv") is not null, "the pod");
        var pod = Api.Find<Pod>("infra", "recycler-for-pv")!;
        Assert.Equal(("what", "server", "/share", 300L), (pod.Spec.Volumes![0].Name, pod.Spec.Volumes[0].Nfs!.Server, pod.Spec.Volumes[0].Nfs!.Path, pod.Spec.ActiveDeadlineSeconds));
        Assert.Null(pod.Spec.Volumes[0].EmptyDir);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new VolumeBinder(c));

    /// <summary>A volume of 3 GiB whose claim is gone.</summary>
    private void Put(bool byController, bool nfs = false)
    {
        var volume = new PersistentVolume
        {
            Metadata = new() { Name = "pv", Annotations = byController ? new() { ["pv.kubernetes.io/bound-by-controller"] = "yes" } : null },
            Spec = new()
            {
                Capacity = new() { ["storage"] = Quantity.Parse("3Gi") },
                PersistentVolumeReclaimPolicy = "Recycle",
                ClaimRef = new() { Namespace = "default", Name = "data", Uid = "gone" },
                HostPath = nfs ? null : new() { Path = "/data" },
                Nfs = nfs ? new() { Server = "server", Path = "/share" } : null,
            },
            Status = new() { Phase = "Bound" },
        };
        Api.Put(volume);
    }

    private void End(string phase, string? message)
    {
        var copy = Recycler!.DeepClone();
        (copy.Status.Phase, copy.Status.Message) = (phase, message);
        Api.Put(copy);
    }

    private bool Told(string type, string reason, string message) => Api.List<Event>().Exists(e => e.Type == type && e.Reason == reason && e.Message == message);
}
