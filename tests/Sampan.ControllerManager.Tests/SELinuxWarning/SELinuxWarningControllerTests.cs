using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.ControllerManager.SELinuxWarning;

namespace Sampan.ControllerManager.Tests.SELinuxWarning;

public sealed class SELinuxWarningControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Reconcile_TwoLabelsOnOneVolume_TellsBothPods()
    {
        PutVolume("data");
        PutPod("one", "s0:c1,c2");
        PutPod("two", "s0:c98,c99");
        await StartAsync();
        await ThereIsAsync("one", "SELinuxLabelConflict", "SELinuxLabel \":::s0:c1,c2\" conflicts with pod two that uses the same volume as this pod with SELinuxLabel \":::s0:c98,c99\". If both pods land on the same node, only one of them may access the volume.");
        await ThereIsAsync("two", "SELinuxLabelConflict", "SELinuxLabel \":::s0:c98,c99\" conflicts with pod one that uses the same volume as this pod with SELinuxLabel \":::s0:c1,c2\". If both pods land on the same node, only one of them may access the volume.");
        const string series = "selinux_warning_controller_selinux_volume_conflict{property=\"SELinuxLabel\",pod1_namespace=\"default\",pod1_name=\"one\",pod1_value=\":::s0:c1,c2\",pod2_namespace=\"default\",pod2_name=\"two\",pod2_value=\":::s0:c98,c99\"} 1";
        Assert.Contains(series, _harness.Context.Metrics.Render(), StringComparison.Ordinal);
        Api.Remove<Pod>("default", "two");
        await _harness.UntilAsync(() => !_harness.Context.Metrics.Render().Contains(series, StringComparison.Ordinal), "the conflict is over");
    }

    [Fact]
    public async Task Reconcile_OneSetsTheLabelAtMountingTheOtherDoesNot_TellsOfTheirPolicies()
    {
        PutVolume("data");
        PutPod("one", "s0:c1,c2", p => p.Spec.SecurityContext!.SeLinuxChangePolicy = "Recursive");
        PutPod("two", "s0:c98,c99");
        await StartAsync();
        await ThereIsAsync("one", "SELinuxChangePolicyConflict", "SELinuxChangePolicy \"Recursive\" conflicts with pod two that uses the same volume as this pod with SELinuxChangePolicy \"MountOption\". If both pods land on the same node, only one of them may access the volume.");
        Assert.DoesNotContain(Api.List<Event>(), e => e.Reason == "SELinuxLabelConflict");
    }

    [Fact]
    public async Task Reconcile_PodsOfTwoNamespaces_DoNotLearnEachOthersNames()
    {
        PutVolume("data");
        PutVolume("twin", ns: "other", handle: "data");
        PutPod("one", "s0:c1,c2");
        PutPod("two", "s0:c98,c99", p => p.Metadata.Namespace = "other", claim: "twin");
        await StartAsync();
        await ThereIsAsync("one", "SELinuxLabelConflict", "SELinuxLabel\":::s0:c1,c2\" conflicts with another pod that uses the same volume as this pod with a different SELinuxLabel. If both pods land on the same node, only one of them may access the volume.");
    }

    [Fact]
    public async Task Reconcile_ContainersOfOnePodDiffer_SaysSo()
    {
        PutVolume("data");
        PutPod("one", "s0:c1,c2", p => p.Spec.Containers.Add(new()
        {
            Name = "other", VolumeMounts = [new() { Name = "data", MountPath = "/data" }], SecurityContext = new() { SeLinuxOptions = new() { Level = "s0:c5" } },
        }));
        await StartAsync();
        await ThereIsAsync("one", "MultipleSELinuxLabels", "Volume \"data\" is mounted twice with different SELinux labels inside this pod");
    }

    [Theory]
    [InlineData("same label")]
    [InlineData("both recursive")]
    [InlineData("driver without support")]
    [InlineData("one has ended")]
    [InlineData("unbound claim")]
    [InlineData("other kind")]
    public async Task Reconcile_NothingExcludesTheOther_SaysNothing(string why)
    {
        PutVolume("data", supports: why != "driver without support", bound: why != "unbound claim", csi: why != "other kind");
        PutPod("one", "s0:c1,c2", Change);
        PutPod("two", why == "same label" ? "s0:c1,c2" : "s0:c98,c99", Change);
        await StartAsync();
        await _harness.SettleAsync();
        Assert.Empty(Api.List<Event>());

        void Change(Pod pod)
        {
            if (why == "both recursive") pod.Spec.SecurityContext!.SeLinuxChangePolicy = "Recursive";
            if (why == "one has ended" && pod.Metadata.Name == "two") pod.Status.Phase = "Succeeded";
        }
    }

    [Fact]
    public async Task Reconcile_DriverLearnsToSetLabels_LooksAgain()
    {
        PutVolume("data", supports: false);
        PutPod("one", "s0:c1,c2");
        PutPod("two", "s0:c98,c99");
        await StartAsync();
        Api.Put(new CSIDriver { Metadata = new() { Name = "disk.example.com" }, Spec = new() { SeLinuxMount = true } });
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "SELinuxLabelConflict"), "the conflict");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new SELinuxWarningController(c with { EventSourceOf = UpstreamNames.EventSourceOf }));

    private Task ThereIsAsync(string pod, string reason, string message) => _harness.UntilAsync(
        () => Api.List<Event>().Exists(e => e.InvolvedObject.Name == pod && e.Reason == reason && e.Message == message && e.Source.Component == "selinux_warning"), $"{reason} on {pod}");

    private void PutVolume(string name, string ns = "default", string? handle = null, bool supports = true, bool bound = true, bool csi = true)
    {
        Api.Put(new CSIDriver { Metadata = new() { Name = "disk.example.com" }, Spec = new() { SeLinuxMount = supports } });
        var claim = Api.Put(new PersistentVolumeClaim { Metadata = new() { Namespace = ns, Name = name }, Spec = new() { VolumeName = bound ? name : null } });
        Api.Put(new PersistentVolume
        {
            Metadata = new() { Name = name },
            Spec = new()
            {
                ClaimRef = new() { Namespace = ns, Name = name, Uid = claim.Metadata.Uid },
                Csi = csi ? new() { Driver = "disk.example.com", VolumeHandle = handle ?? name } : null,
                Nfs = csi ? null : new() { Server = "server", Path = "/" },
            },
        });
    }

    private void PutPod(string name, string level, Action<Pod>? change = null, string claim = "data")
    {
        var pod = Workloads.Pod(name);
        pod.Spec.SecurityContext = new() { SeLinuxOptions = new() { Level = level } };
        pod.Spec.Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = claim } }];
        pod.Spec.Containers[0].VolumeMounts = [new() { Name = "data", MountPath = "/data" }];
        change?.Invoke(pod);
        Api.Put(pod);
    }
}
