using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.Client;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Claims;

/// <summary>Upstream: test/e2e_node/dra_test.go, "ResourceSlice".</summary>
public sealed class ResourceSlicesTests : IAsyncDisposable
{
    private const string OfNode = "spec.nodeName=node";
    private const string OfDriver = "spec.driver=driver.test,spec.nodeName=node";
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SlicesApi _api = new();
    private readonly ApiClient _client;
    private readonly ClaimDrivers _drivers = new(TimeProvider.System);
    private readonly ResourceSlices _slices;

    public ResourceSlicesTests()
    {
        _client = new ApiClient(_api);
        _slices = new ResourceSlices(_drivers, _client.Of<ResourceSlice>(), "node", _time, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _drivers.Dispose();
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Sync_AtTheStart_DeletesAllOfTheNodeOnce()
    {
        await SyncAsync(3);
        Assert.Equal([OfNode], _api.Deleted);
    }

    [Fact]
    public async Task Sync_ApiThatFails_IsAskedAgain()
    {
        _api.Failure = new StatusException("not now");
        await SyncAsync(2);
        _api.Failure = null;
        await SyncAsync(2);
        Assert.Equal([OfNode], _api.Deleted);
    }

    [Fact]
    public async Task Sync_ClusterThatHasNoSuchKind_IsDone()
    {
        _api.Failure = StatusException.NotFound(new("resource.k8s.io", "resourceslices"), "");
        await SyncAsync(1);
        _api.Failure = null;
        await SyncAsync(1);
        Assert.Empty(_api.Deleted);
    }

    [Fact]
    public async Task Sync_DriverThatWent_HasHalfAMinuteToComeBack()
    {
        await using var driver = await StartAsync();
        await SyncAsync(10);
        Assert.Equal([OfNode], _api.Deleted);

        await _drivers.DeregisterAsync(Plugin, default);
        await SyncAsync(6);
        Assert.Equal([OfNode], _api.Deleted);
        await _drivers.RegisterAsync(Plugin, default);
        await SyncAsync(6);
        Assert.Equal([OfNode], _api.Deleted);

        await _drivers.DeregisterAsync(Plugin, default);
        await SyncAsync(20);
        Assert.Equal([OfNode, OfDriver], _api.Deleted);
    }

    [Fact]
    public async Task Sync_DriverThatDoesNotAnswer_CountsAsGone()
    {
        var driver = await StartAsync();
        await SyncAsync(2);
        await driver.DisposeAsync();

        await SyncAsync(8);
        Assert.Equal([OfNode, OfDriver], _api.Deleted);
    }

    private Plugin Plugin => new("driver.test", _directory["dra.sock"], ["v1.DRAPlugin"]);

    private async Task<FakeClaimDriver> StartAsync()
    {
        var driver = new FakeClaimDriver(_directory["dra.sock"]);
        await driver.StartAsync(_drivers);
        return driver;
    }

    /// <summary>A round every five seconds.</summary>
    private async Task SyncAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await _slices.SyncAsync(default);
            _time.Advance(TimeSpan.FromSeconds(5));
        }
    }
}
