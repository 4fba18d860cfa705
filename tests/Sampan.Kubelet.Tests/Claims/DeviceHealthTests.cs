using System.Threading.Channels;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Claims.Health;
using Sampan.Kubelet.Claims.V1;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Tests.Fakes;
using DeviceHealth = Sampan.Kubelet.Claims.Health.DeviceHealth;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Claims;

/// <summary>What drivers of claims say of their devices appears in the status of the containers that have them.</summary>
public sealed class DeviceHealthTests : IAsyncLifetime
{
    private const string Service = "k8s.io.kubelet.pkg.apis.dra.v1.DRAPlugin";
    private const string HealthService = "v1alpha1.DRAResourceHealth";
    private readonly TemporaryDirectory _directory = new();
    private readonly Node _node = new();
    private readonly Channel<NodeWatchResourcesResponse> _told = Channel.CreateUnbounded<NodeWatchResourcesResponse>();
    private readonly GrpcServer _driver;

    public DeviceHealthTests() => _driver = new GrpcServer(_directory["dra.sock"])
        .Add(ClaimDriver.PrepareMethod(Service), (request, _) => Task.FromResult(Prepare(request)))
        .Add(ClaimDriver.UnprepareMethod(Service), (_, _) => Task.FromResult(new NodeUnprepareResourcesResponse()))
        .AddStream(ClaimDriver.WatchMethod(HealthService), (_, ct) => _told.Reader.ReadAllAsync(ct));

    public async ValueTask InitializeAsync()
    {
        await _driver.StartAsync(default);
        await _node.Drivers.RegisterAsync(new Plugin("driver.test", _directory["dra.sock"], ["v1.DRAPlugin", HealthService]), default);
        _node.Objects.ResourceClaims["gpu-x"] = new()
        {
            Metadata = new() { Name = "gpu-x", Namespace = "default", Uid = "uid-gpu-x" },
            Status = new()
            {
                Allocation = new() { Devices = new() { Results = [new() { Driver = "driver.test", Pool = "pool", Device = "gpu0", Request = "gpu" }] } },
                ReservedFor = [new() { Resource = "pods", Name = "one", Uid = "uid-one" }],
            },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _driver.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Status_OfAContainerWithAClaim_FollowsTheDriver()
    {
        var pod = await _node.RunAsync(Wanting());
        Assert.Equal(("claim:gpu", "test/gpu=gpu0", "Unknown"), Told(pod));

        Say(HealthStatus.Unhealthy, "it burns");
        await _node.UntilAsync(() => Told(pod).Health == "Unhealthy", "it is unhealthy");
        Assert.Equal("it burns", _node.Container(pod).AllocatedResourcesStatus![0].Resources![0].Message);
        Say(HealthStatus.Healthy, "");
        await _node.UntilAsync(() => Told(pod).Health == "Healthy", "it is healthy");

        await _node.Drivers.DeregisterAsync(new Plugin("driver.test", _directory["dra.sock"], []), default);
        await _node.UntilAsync(() => Told(pod).Health == "Unknown", "nobody knows any more");
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(5, 5)]
    [InlineData(-1, 30)]
    public void Find_WhatWasSaidLongAgo_IsNotKnown(long lifetime, int seconds)
    {
        var healths = new DeviceHealths(_node.Time);
        healths.Update("driver.test", [Device(HealthStatus.Healthy, "", lifetime)]);

        _node.Time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal("Healthy", healths.Find("driver.test", "pool", "gpu0")?.State);
        _node.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(healths.Find("driver.test", "pool", "gpu0"));
    }

    [Fact]
    public void Update_TheSameAgain_TellsNobody()
    {
        var healths = new DeviceHealths(_node.Time);
        var told = 0;
        healths.Changed += (_, _) => told++;

        healths.Update("driver.test", [Device(HealthStatus.Healthy, "")]);
        healths.Update("driver.test", [Device(HealthStatus.Healthy, "")]);
        healths.Update("driver.test", [Device(HealthStatus.Healthy, "warm")]);

        Assert.Equal(2, told);
    }

    [Fact]
    public void Update_LongMessage_IsCut()
    {
        var healths = new DeviceHealths(_node.Time);
        healths.Update("driver.test", [Device(HealthStatus.Unhealthy, new string('x', 2000))]);
        Assert.Equal(new string('x', 1021) + "...", healths.Find("driver.test", "pool", "gpu0")!.Message);
    }

    private (string? Name, string? Id, string? Health) Told(Pod pod)
    {
        var status = _node.Container(pod).AllocatedResourcesStatus?.FirstOrDefault();
        return (status?.Name, status?.Resources?[0].ResourceID, status?.Resources?[0].Health);
    }

    private void Say(HealthStatus health, string message) =>
        _told.Writer.TryWrite(new NodeWatchResourcesResponse { Devices = { Device(health, message) } });

    private static DeviceHealth Device(HealthStatus health, string message, long lifetime = 0) => new()
    {
        Device = new() { PoolName = "pool", DeviceName = "gpu0" },
        Health = health,
        Message = message,
        HealthCheckTimeoutSeconds = lifetime,
    };

    private static NodePrepareResourcesResponse Prepare(NodePrepareResourcesRequest request)
    {
        var answer = new NodePrepareResourcesResponse();
        foreach (var claim in request.Claims)
        {
            answer.Claims[claim.Uid] = new() { Devices = { new Device { PoolName = "pool", DeviceName = "gpu0", RequestNames = { "gpu" }, CdiDeviceIds = { "test/gpu=gpu0" } } } };
        }

        return answer;
    }

    private static Pod Wanting() => Node.Pod("one", p =>
    {
        p.Spec.ResourceClaims = [new PodResourceClaim { Name = "gpu", ResourceClaimName = "gpu-x" }];
        p.Spec.Containers[0].Resources = new() { Claims = [new() { Name = "gpu" }] };
    });
}
