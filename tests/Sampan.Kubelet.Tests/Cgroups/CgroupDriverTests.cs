using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Cgroups;

/// <summary>Who makes control groups, as the runtime says. Upstream: cmd/kubelet/app/server_test.go.</summary>
public sealed class CgroupDriverTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly MetricRegistry _metrics = new();
    private readonly GrpcServer _server;
    private RuntimeConfigResponse _answer = new();
    private readonly FakeTimeProvider _time = new();
    private volatile RpcException? _failure;
    private volatile int _asked;

    public CgroupDriverTests() => _server = new GrpcServer(_directory["cri.sock"])
        .Add(CriMethods.RuntimeConfig, (_, _) => Answer());

    public async ValueTask InitializeAsync() => await _server.StartAsync(default);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData((int)Cri.CgroupDriver.Cgroupfs, "systemd", "cgroupfs")]
    [InlineData((int)Cri.CgroupDriver.Cgroupfs, "cgroupfs", "cgroupfs")]
    [InlineData((int)Cri.CgroupDriver.Systemd, "cgroupfs", "systemd")]
    [InlineData((int)Cri.CgroupDriver.Systemd, "systemd", "systemd")]
    [InlineData(null, "cgroupfs", "cgroupfs")]
    [InlineData(null, "systemd", "systemd")]
    public async Task Choose_Runtime_OverridesTheConfiguration(int? told, string configured, string chosen)
    {
        Tell(told);
        Assert.Equal(chosen, await ChooseAsync(configured));
        Assert.DoesNotContain("losing_support", _metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_DriverThatNobodyKnows_IsRefused()
    {
        Tell(100);
        Assert.Contains("(100)", (await Assert.ThrowsAsync<ConfigurationException>(() => ChooseAsync("cgroupfs"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)Cri.CgroupDriver.Systemd, "cgroupfs", "the container runtime leaves control groups to systemd")]
    [InlineData(null, "systemd", "cgroupDriver (--cgroup-driver) leaves control groups to systemd")]
    public async Task Choose_MachineWithoutSystemd_SaysWhatToChange(int? told, string configured, string message)
    {
        Tell(told);
        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => ChooseAsync(configured, hasSystemd: false));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains("SystemdCgroup = false", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_RuntimeThatDoesNotKnowTheQuestion_GoesByTheConfiguration()
    {
        _failure = new RpcException(GrpcStatusCode.Unimplemented, "no");
        Assert.Equal("cgroupfs", await ChooseAsync("cgroupfs"));
        Assert.Equal("systemd", await ChooseAsync("systemd"));
        Assert.Contains("kubelet_cri_losing_support{version=\"1.38.0\"} 1\n", _metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_RuntimeThatIsNotUpYet_IsWaitedFor()
    {
        _failure = new RpcException(GrpcStatusCode.Unavailable, "not yet");
        Tell((int)Cri.CgroupDriver.Systemd);
        var chosen = ChooseAsync("cgroupfs");
        await Eventually.TrueAsync(() => _asked >= 2, "it was asked again", () => _time.Advance(TimeSpan.FromSeconds(2)));
        Assert.False(chosen.IsCompleted);
        _failure = null;
        await Eventually.TrueAsync(() => chosen.IsCompleted, "it has answered", () => _time.Advance(TimeSpan.FromSeconds(2)));
        Assert.Equal("systemd", await chosen);
    }

    private Task<RuntimeConfigResponse> Answer()
    {
        Interlocked.Increment(ref _asked);
        return _failure is { } failure ? throw failure : Task.FromResult(_answer);
    }

    private void Tell(int? driver) => _answer = driver is { } told ? new() { Linux = new() { CgroupDriver = (Cri.CgroupDriver)told } } : new();

    private async Task<string> ChooseAsync(string configured, bool hasSystemd = true)
    {
        using var runtime = new CriRuntime(_directory["cri.sock"], TimeProvider.System);
        return await new Sampan.Kubelet.Cgroups.CgroupDriver(runtime, new FakeCommands(), _metrics, _time, NullLogger.Instance).ChooseAsync(configured, hasSystemd, default);
    }
}
