using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Tests.Cgroups;

/// <summary>Upstream: pkg/kubelet/cm/cgroup_manager_linux_test.go.</summary>
public sealed class SystemdNamesTests
{
    private static readonly ICgroupNames Names = SystemdNames.Instance;

    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("/kubepods", "/kubepods.slice")]
    [InlineData("/Burstable", "/Burstable.slice")]
    [InlineData("/Burstable/pod-123", "/Burstable.slice/Burstable-pod_123.slice")]
    [InlineData("/test/a/b", "/test.slice/test-a.slice/test-a-b.slice")]
    [InlineData("/test-a/b", "/test_a.slice/test_a-b.slice")]
    [InlineData("/BestEffort/pod-6c1a4e95-6bb6-11e6-bc26-28d2444e470d", "/BestEffort.slice/BestEffort-pod_6c1a4e95_6bb6_11e6_bc26_28d2444e470d.slice")]
    [InlineData("/kubepods/burstable/pod1234-abcd", "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1234_abcd.slice")]
    public void PathOf_Name_HoldsAllSlicesAroundIt(string name, string path)
    {
        Assert.Equal(path, Names.PathOf(name));
        Assert.Equal("/" + name.Trim('/'), Names.NameOf(path));
    }

    [Theory]
    [InlineData("/test", "/test")]
    [InlineData("test", "/test")]
    [InlineData("/test.slice", "/test")]
    [InlineData("test.slice", "/test")]
    [InlineData("/a.slice/a-b_c.slice", "/a/b-c")]
    [InlineData("a-b_c.slice", "/a/b-c")]
    [InlineData("-.slice", "/")]
    [InlineData("/a/b", "/a/b")]
    public void NameOf_Configured_IsReadInEitherStyle(string path, string name) => Assert.Equal(name, Names.NameOf(path));

    [Theory]
    [InlineData("/test", false)]
    [InlineData("/test.slice", true)]
    [InlineData("/test.service", false)]
    public void IsSystemdStyle_Name_EndsAsASlice(string name, bool isSlice) => Assert.Equal(isSlice, SystemdNames.IsSystemdStyle(name));

    [Theory]
    [InlineData("/", "-.slice", "-.slice")]
    [InlineData("/a.slice", "a.slice", "-.slice")]
    [InlineData("/a.slice/a-b.slice", "a-b.slice", "a.slice")]
    [InlineData("/a.slice/a-b.slice/a-b-c.slice", "a-b-c.slice", "a-b.slice")]
    public void UnitOf_Path_IsItsLastPart(string path, string unit, string parent) =>
        Assert.Equal((unit, parent), (SystemdNames.UnitOf(path), SystemdNames.ParentOf(path)));

    [Fact]
    public void Cgroupfs_Names_AreThePaths()
    {
        ICgroupNames names = CgroupfsNames.Instance;
        Assert.Equal("/kubepods/pod-1", names.PathOf("/kubepods/pod-1"));
        Assert.Equal("/kube/x", names.NameOf("kube/x/"));
    }
}
