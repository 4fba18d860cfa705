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
    private RpcException? _failure;

    public CgroupDriverTests() => _server = new GrpcServer(_directory["cri.sock"])
        .Add(CriMethods.RuntimeConfig, (_, _) => _failure is null ? Task.FromResult(_answer) : throw _failure);

    public async ValueTask InitializeAsync() => await _server.StartAsync(default);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData((int)Cri.CgroupDriver.Cgroupfs, "systemd", true)]
    [InlineData((int)Cri.CgroupDriver.Cgroupfs, "cgroupfs", true)]
    [InlineData((int)Cri.CgroupDriver.Systemd, "cgroupfs", true)]
    [InlineData((int)Cri.CgroupDriver.Systemd, "systemd", true)]
    [InlineData(100, "cgroupfs", true)]
    [InlineData(null, "cgroupfs", true)]
    [InlineData(null, "systemd", false)]
    public async Task Check_Runtime_OverridesTheConfiguration(int? told, string configured, bool isFine)
    {
        _answer = told is { } driver ? new() { Linux = new() { CgroupDriver = (Cri.CgroupDriver)driver } } : new();

        var failure = await Record.ExceptionAsync(() => CheckAsync(configured));

        Assert.Equal(isFine, failure is null);
        Assert.True(isFine || failure is ConfigurationException);
        Assert.DoesNotContain("losing_support", _metrics.Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GrpcStatusCode.Unimplemented, true)]
    [InlineData(GrpcStatusCode.Unavailable, false)]
    public async Task Check_RuntimeCannotSay_GoesByTheConfiguration(GrpcStatusCode code, bool isLosingSupport)
    {
        _failure = new RpcException(code, "no");

        await CheckAsync("cgroupfs");

        Assert.Equal(isLosingSupport, _metrics.Render().Contains("kubelet_cri_losing_support{version=\"1.38.0\"} 1\n", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ConfigurationException>(() => CheckAsync("systemd"));
    }

    private async Task CheckAsync(string configured)
    {
        using var runtime = new CriRuntime(_directory["cri.sock"], TimeProvider.System);
        await Sampan.Kubelet.Cgroups.CgroupDriver.CheckAsync(runtime, configured, _metrics, NullLogger.Instance, default);
    }
}
