using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Runtime.Simulated;

namespace Sampan.Kubelet.Tests.Nodes;

public sealed class NodeHealthTests
{
    [Fact]
    public async Task Problems_ListingsOfTheRuntime_AreToldByWhenTheLastOneWas()
    {
        var time = new FakeTimeProvider();
        using var runtime = new SimulatedRuntime(time);
        var cache = new RuntimeCache(runtime, time, NullLogger.Instance);
        var health = new NodeHealth(runtime, cache, () => false);
        Assert.Equal(["PLEG is not healthy: pleg has yet to be successful"], await health.ProblemsAsync(default));

        await cache.RelistAsync(default);
        Assert.Empty(await health.ProblemsAsync(default));

        time.Advance(TimeSpan.FromSeconds(185));
        Assert.Equal(["PLEG is not healthy: pleg was last seen active 3m5s ago; threshold is 3m0s"], await health.ProblemsAsync(default));
    }

    [Fact]
    public async Task Problems_RuntimeIsDown_IsSaidFirst()
    {
        var time = new FakeTimeProvider();
        using var runtime = new SimulatedRuntime(time) { Fault = (method, _) => method == "Status" ? new RpcException(GrpcStatusCode.Unavailable, "refused") : null };
        var cache = new RuntimeCache(runtime, time, NullLogger.Instance);
        await cache.RelistAsync(default);
        Assert.Equal(["container runtime is down: refused"], await new NodeHealth(runtime, cache, () => false).ProblemsAsync(default));
    }
}
