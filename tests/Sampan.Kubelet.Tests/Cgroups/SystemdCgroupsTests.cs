using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Cgroups;

/// <summary>What systemd is asked for, and when. Upstream: opencontainers/cgroups, systemd.</summary>
public sealed class SystemdCgroupsTests
{
    private const string Path = "/kubepods.slice/kubepods-pod1.slice";
    private const string Unit = "kubepods-pod1.slice";
    private readonly FakeSystemd _systemd = new();
    private FakeCgroups _kernel = new();
    private SystemdCgroups _groups;

    public SystemdCgroupsTests() => _groups = new(_kernel, new SystemdUnits(_systemd));

    [Theory]
    [InlineData(2, "IOAccounting", "MemoryMax t 1024 CPUWeight t 20")]
    [InlineData(1, "BlockIOAccounting", "MemoryLimit t 1024 CPUShares t 512")]
    public async Task Ensure_NewGroup_IsASliceThatCountsAndLimits(int version, string io, string limits)
    {
        _kernel = new FakeCgroups { Version = version };
        _groups = new(_kernel, new SystemdUnits(_systemd));

        await EnsureAsync(new CgroupResources(512, 50_000, 1024, 100));

        Assert.Equal(
            $"Description s Control group {Unit} of the kubelet Wants as kubepods.slice MemoryAccounting b true CPUAccounting b true {io} b true TasksAccounting b true "
            + $"DefaultDependencies b false {limits} CPUQuotaPeriodUSec t 100000 CPUQuotaPerSecUSec t 500000 TasksMax t 100",
            string.Join(' ', _systemd.Units[Unit].Select(p => $"{p.Key} {p.Value}")));
        Assert.Equal([$"StartTransientUnit {Unit}", $"start {Unit}"], _systemd.Calls);
        Assert.Equal(1024, _kernel.Groups[Path].MemoryBytes);
    }

    [Fact]
    public async Task Ensure_GroupAtTheTop_IsInTheRootSlice()
    {
        await _groups.EnsureAsync("/kubepods.slice", CgroupResources.None, default);
        Assert.Equal("as -.slice", _systemd.Units["kubepods.slice"]["Wants"]);
    }

    [Theory]
    [InlineData(0, "18446744073709551615", 0)]
    [InlineData(1000, "10000", 1000)]
    [InlineData(1500, "20000", 2000)]
    [InlineData(150_001, "1510000", 151_000)]
    public async Task Ensure_Quota_IsRoundedUpToWhatSystemdCounts(long quota, string told, long written)
    {
        await EnsureAsync(new CgroupResources(CpuQuota: quota));
        Assert.Equal($"t {told}", _systemd.Units[Unit]["CPUQuotaPerSecUSec"]);
        Assert.Equal(written, _kernel.Groups[Path].CpuQuota);
    }

    [Fact]
    public async Task Ensure_SameLimits_AreNotToldAgain()
    {
        await EnsureAsync(new CgroupResources(512));
        _systemd.Calls.Clear();

        await EnsureAsync(new CgroupResources(512) { HugePages = new Dictionary<string, long> { ["2MB"] = 4 } });
        Assert.Empty(_systemd.Calls);
        Assert.Equal(4, _kernel.Groups[Path].HugePages["2MB"]);

        await EnsureAsync(new CgroupResources(1024));
        Assert.Equal([$"SetUnitProperties {Unit}"], _systemd.Calls);
        Assert.Equal("t 39", _systemd.Units[Unit]["CPUWeight"]);
    }

    [Fact]
    public async Task Ensure_SliceFromBefore_IsChangedAndStarted()
    {
        _systemd.Units[Unit] = [];
        await EnsureAsync(new CgroupResources(1024));
        Assert.Equal([$"StartTransientUnit {Unit}", $"SetUnitProperties {Unit}", $"start {Unit}"], _systemd.Calls);
        Assert.Equal(["CPUWeight"], _systemd.Units[Unit].Keys);
    }

    [Fact]
    public async Task Ensure_GroupThatVanished_IsMadeAgain()
    {
        await EnsureAsync(new CgroupResources(1024));
        _systemd.Units.Clear();
        _kernel.Groups.Clear();
        await EnsureAsync(new CgroupResources(1024));
        Assert.Equal("t 39", _systemd.Units[Unit]["CPUWeight"]);
    }

    [Theory]
    [InlineData("busctl cannot be started: No such file or directory", "install systemd's programs")]
    [InlineData("busctl ended with code 1: Failed to connect to bus: No such file or directory", "systemctl status dbus")]
    [InlineData("busctl did not end within 31 seconds", "did not change control groups")]
    public async Task Ensure_SystemdDoesNotAnswer_SaysWhatToDoAndTriesAgain(string failure, string advice)
    {
        _systemd.Failure = failure;
        var refused = await Assert.ThrowsAsync<IOException>(() => EnsureAsync(new CgroupResources(1024)));
        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_kernel.Groups);

        _systemd.Failure = null;
        await EnsureAsync(new CgroupResources(1024));
        Assert.Equal("t 39", _systemd.Units[Unit]["CPUWeight"]);
    }

    [Fact]
    public async Task Ensure_SliceThatIsNeitherMadeNorThere_SaysWhyItIsNotMade()
    {
        _systemd.Calling = call => throw new IOException(call.StartsWith("Start", StringComparison.Ordinal) ? "Invalid unit name" : "Unit not loaded");
        var refused = await Assert.ThrowsAsync<IOException>(() => EnsureAsync(new CgroupResources(1024)));
        Assert.Equal("systemd did not change control groups: Invalid unit name; systemd did not change control groups: Unit not loaded", refused.Message);
    }

    [Fact]
    public async Task Remove_Group_IsKilledBeforeItsSliceIsStopped()
    {
        await EnsureAsync(CgroupResources.None);
        _systemd.Calling = call => Assert.Equal((Path, true, $"stop {Unit}"), (Assert.Single(_kernel.Killed), _kernel.Groups.ContainsKey(Path), call));
        await _groups.RemoveAsync(Path, default);
        Assert.Empty(_systemd.Units);
        Assert.Empty(_kernel.Groups);
    }

    [Fact]
    public async Task Remove_GroupThatIsNotThere_AsksNobody()
    {
        await _groups.RemoveAsync(Path, default);
        Assert.Empty(_systemd.Calls);
    }

    [Fact]
    public async Task Remove_SliceThatSystemdHasForgotten_RemovesTheGroup()
    {
        _kernel.Groups[Path] = CgroupResources.None;
        await _groups.RemoveAsync(Path, default);
        Assert.Equal([$"stop {Unit}", $"reset-failed {Unit}"], _systemd.Calls);
        Assert.Empty(_kernel.Groups);
    }

    private Task EnsureAsync(CgroupResources resources) => _groups.EnsureAsync(Path, resources, default);
}
