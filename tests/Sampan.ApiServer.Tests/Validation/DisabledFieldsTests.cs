using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Validation;

/// <summary>Fields of features that are off in a default v1.36 cluster go, but stay where they are stored already.</summary>
public sealed class DisabledFieldsTests
{
    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, (Func<IObject> Make, Func<IObject, bool> IsThere)> Cases { get; } = new()
    {
        ["CoordinatedLeaderElection"] = Case(
            () => new Lease { Spec = new() { Strategy = "OldestEmulationVersion", PreferredHolder = "a" } },
            lease => lease.Spec.Strategy is not null || lease.Spec.PreferredHolder is not null),
        ["MaxUnavailableStatefulSet"] = Case(
            () => new StatefulSet { Spec = new() { UpdateStrategy = new() { RollingUpdate = new() { MaxUnavailable = 2 } } } },
            set => set.Spec.UpdateStrategy.RollingUpdate!.MaxUnavailable is not null),
        ["VolumeLimitScaling"] = Case(
            () => new CSIDriver { Spec = new() { PreventPodSchedulingIfMissing = true } }, driver => driver.Spec.PreventPodSchedulingIfMissing is not null),
        ["DRAListTypeAttributes"] = Case(
            () => SliceOf(new Device { Attributes = new() { ["a"] = new DeviceAttribute { Strings = ["x"] } } }),
            slice => slice.Spec.Devices![0].Attributes!["a"].Strings is not null),
        ["DRANodeAllocatableResources"] = Case(
            () => SliceOf(new Device { NodeAllocatableResourceMappings = new() { ["cpu"] = new() } }),
            slice => slice.Spec.Devices![0].NodeAllocatableResourceMappings is not null),
        ["DRANodeAllocatableResources of pods"] = Case(
            () => new Pod { Status = new() { NodeAllocatableResourceClaimStatuses = [new()] } }, pod => pod.Status.NodeAllocatableResourceClaimStatuses is not null),
        ["ContainerStopSignals"] = Case(
            () => new Pod { Status = new() { ContainerStatuses = [new() { StopSignal = "SIGTERM" }] } },
            pod => pod.Status.ContainerStatuses![0].StopSignal is not null),
        ["ImageVolumeWithDigest"] = Case(
            () => new Pod { Status = new() { ContainerStatuses = [new() { VolumeMounts = [new() { VolumeStatus = new() }] }] } },
            pod => pod.Status.ContainerStatuses![0].VolumeMounts![0].VolumeStatus is not null),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Drop_Field_StaysOnlyWhereItIsStored(string feature)
    {
        var (make, isThere) = Cases[feature];
        var (created, updated) = (make(), make());
        DisabledFields.Drop(created, null);
        DisabledFields.Drop(updated, make());
        Assert.Equal((false, true), (isThere(created), isThere(updated)));
    }

    [Fact]
    public async Task Update_DroppedField_DoesNotCountAsAChange()
    {
        await using var server = await TestServer.StartAsync();
        var drivers = server.Client.Of<CSIDriver>();
        var driver = await drivers.CreateAsync(new CSIDriver { Metadata = new() { Name = "d.example.com" } }, default);
        var changed = driver.DeepClone();
        changed.Spec.PreventPodSchedulingIfMissing = true;
        var now = await drivers.UpdateAsync(changed, default);
        Assert.Equal((null, driver.Metadata.Generation), (now.Spec.PreventPodSchedulingIfMissing, now.Metadata.Generation));
    }

    private static ResourceSlice SliceOf(Device device) => new() { Spec = new() { Devices = [device] } };

    private static (Func<IObject> Make, Func<IObject, bool> IsThere) Case<T>(Func<T> make, Func<T, bool> isThere)
        where T : class, IObject => (make, obj => isThere((T)obj));
}
