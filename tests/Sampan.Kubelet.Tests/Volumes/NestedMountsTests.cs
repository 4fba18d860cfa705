using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Payload;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Volumes;

/// <summary>Upstream: TestGetNestedMountpoints of pkg/volume/util.</summary>
public sealed class NestedMountsTests
{
    [Theory]
    [InlineData("vol1:/dir", "")]
    [InlineData("vol1:/dir vol2:/dir/nested", "nested")]
    [InlineData("vol3:/dir/nested/double vol4:/ignore vol2:/dir/nested vol5:/ignore2 vol1:/dir vol3:/dir/nested2", "nested nested2")]
    [InlineData("vol2:/dir/nested vol2:/dir/nested-vol vol2:/dir/nested.vol vol3:/dir/nested/double vol1:/dir", "nested nested-vol nested.vol")]
    [InlineData("vol1:/dir vol2:/dir/nested vol4:/ignore vol1:/other vol3:/other/nested2", "nested nested2")]
    [InlineData("vol1:/mnt vol3:/mnt/sub1/sub2/sub3 vol4:/mnt/sub1/sub2/sub4 vol5:/mnt/sub1/sub2/sub4/skip vol7:/mnt7", "sub1/sub2/sub3 sub1/sub2/sub4")]
    [InlineData("vol1:/dir/ vol2:/x/../dir//nested/", "nested")]
    [InlineData("vol1:dir vol2:dir/nested vol3:../out", "nested")]
    public void Of_Containers_AreThePlacesWithinTheVolume(string mounts, string expected)
    {
        Assert.Equal(expected, string.Join(' ', NestedMounts.Of(Pod(mounts), "vol1").Order(StringComparer.Ordinal)));
        var pod = Pod(mounts);
        (pod.Spec.InitContainers, pod.Spec.Containers) = (pod.Spec.Containers, [Node.Container("web")]);
        Assert.Equal(expected, string.Join(' ', NestedMounts.Of(pod, "vol1").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Of_VolumeOutsideOfItsContainer_IsRefused() =>
        Assert.Equal("invalid container mount point foo/../../dir", Assert.Throws<VolumeFailure>(() => NestedMounts.Of(Pod("vol1:foo/../../dir vol2:foo/../../dir/skip"), "vol1")).Message);

    private static Pod Pod(string mounts) => Node.Pod("a", p => p.Spec.Containers[0].VolumeMounts =
        [.. mounts.Split(' ').Select(mount => mount.Split(':')).Select(mount => new VolumeMount { Name = mount[0], MountPath = mount[1] })]);
}
