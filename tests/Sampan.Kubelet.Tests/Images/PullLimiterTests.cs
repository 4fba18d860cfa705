using Sampan.Client.Grpc;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Images;

public sealed class PullLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(true, null, 1)]
    [InlineData(false, 2, 2)]
    [InlineData(false, null, 3)]
    public async Task Run_SeveralPulls_AreSoManyAtOnce(bool serialize, int? parallel, int expected)
    {
        using var limiter = new PullLimiter(new() { SerializeImagePulls = serialize, MaxParallelImagePulls = parallel }, _time);
        var gate = new TaskCompletionSource<bool>();
        var started = 0;

        var pulls = Enumerable.Range(0, 3).Select(_ => limiter.RunAsync(
            () =>
            {
                Interlocked.Increment(ref started);
                return gate.Task;
            },
            default)).ToList();

        Assert.Equal(expected, started);
        gate.SetResult(true);
        await Task.WhenAll(pulls);
        Assert.Equal(3, started);
    }

    [Fact]
    public async Task Run_TooManyInASecond_FailsUntilTimePasses()
    {
        using var limiter = new PullLimiter(new KubeletConfiguration { RegistryPullQps = 1, RegistryBurst = 2 }, _time);
        Task<int> Pull() => limiter.RunAsync(() => Task.FromResult(1), default);
        await Pull();
        await Pull();

        Assert.Equal("pull QPS exceeded", (await Assert.ThrowsAsync<RpcException>(Pull)).Detail);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Pull();
    }
}
