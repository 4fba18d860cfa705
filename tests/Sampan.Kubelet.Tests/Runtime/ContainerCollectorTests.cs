using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Runtime;

public sealed class ContainerCollectorTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(100);

    [Theory]
    [InlineData(1, -1, 0, "a1 a2 b1")]
    [InlineData(2, -1, 0, "a1")]
    [InlineData(-1, -1, 0, "")]
    [InlineData(0, -1, 0, "a1 a2 a3 b1 b2")]
    [InlineData(-1, 2, 0, "a1 a2 b1")]
    [InlineData(-1, 1, 0, "a1 a2 a3 b1")]
    [InlineData(1, -1, 98, "a1")]
    public void Excess_EndedContainers_KeepsTheNewest(int perContainer, int inAll, int minAge, string expected)
    {
        var pods = new[] { Pod("a", 1, 2, 3), Pod("b", 1, 4) };

        var gone = new DeadContainers(TimeSpan.FromSeconds(minAge), perContainer, inAll).Excess(pods, Now);

        Assert.Equal(expected, string.Join(' ', gone.Select(c => c.Id).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Collect_ThousandsOfEndedContainers_LeavesOneOfEach()
    {
        const int ended = 2000;
        var time = new FakeTimeProvider();
        using var runtime = new SimulatedRuntime(time);
        var cache = new RuntimeCache(runtime, time, NullLogger.Instance);
        var labels = new Dictionary<string, string> { [RuntimeLabels.PodUid] = "uid-a", [RuntimeLabels.PodName] = "a", [RuntimeLabels.PodNamespace] = "default" };
        var sandbox = await runtime.RunPodSandboxAsync(new() { Metadata = new() { Name = "a" }, Labels = { labels } }, "", default);
        for (var i = 0; i <= ended; i++)
        {
            var config = new ContainerConfig { Metadata = new() { Name = "web", Attempt = (uint)i }, Image = new() { Image = "web" }, Labels = { labels } };
            var id = await runtime.CreateContainerAsync(sandbox, config, new(), default);
            await runtime.StartContainerAsync(id, default);
            if (i < ended) runtime.Exit(id, 1);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        await cache.RelistAsync(default);
        Assert.Equal(ended + 1, cache.Get("uid-a").Containers.Length);
        await new ContainerCollector(new DeadContainers(), cache, runtime, new LogLinks(null, NullLogger.Instance), new FakeEvents(), time, NullLogger.Instance).CollectAsync(default);

        Assert.Equal([ended, ended - 1], cache.Get("uid-a").Containers.Select(c => (int)c.Metadata.Attempt));
        Assert.NotNull(runtime.Running("a", "web"));
    }

    [Fact]
    public async Task DeleteUnused_PodThatIsOver_LosesItsLastContainersToo()
    {
        var time = new FakeTimeProvider();
        using var runtime = new SimulatedRuntime(time);
        var cache = new RuntimeCache(runtime, time, NullLogger.Instance);
        foreach (var name in new[] { "over", "goes-on" })
        {
            var labels = new Dictionary<string, string> { [RuntimeLabels.PodUid] = $"uid-{name}", [RuntimeLabels.PodName] = name, [RuntimeLabels.PodNamespace] = "default" };
            var sandbox = await runtime.RunPodSandboxAsync(new() { Metadata = new() { Name = name }, Labels = { labels } }, "", default);
            var config = new ContainerConfig { Metadata = new() { Name = "web" }, Image = new() { Image = "web" }, Labels = { labels } };
            var id = await runtime.CreateContainerAsync(sandbox, config, new(), default);
            await runtime.StartContainerAsync(id, default);
            runtime.Exit(id, 1);
        }

        await cache.RelistAsync(default);
        await new ContainerCollector(new DeadContainers(), cache, runtime, new LogLinks(null, NullLogger.Instance), new FakeEvents(), time, NullLogger.Instance).DeleteUnusedAsync(uid => uid == "uid-over", default);

        Assert.Empty(cache.Get("uid-over").Containers);
        Assert.Single(cache.Get("uid-goes-on").Containers);
    }

    [Fact]
    public async Task Collect_SandboxesThatWereReplaced_Go()
    {
        var time = new FakeTimeProvider();
        using var runtime = new SimulatedRuntime(time);
        var cache = new RuntimeCache(runtime, time, NullLogger.Instance);
        var labels = new Dictionary<string, string> { [RuntimeLabels.PodUid] = "uid-a", [RuntimeLabels.PodName] = "a", [RuntimeLabels.PodNamespace] = "default" };
        for (var attempt = 0U; attempt < 3; attempt++)
        {
            var id = await runtime.RunPodSandboxAsync(new() { Metadata = new() { Name = "a", Attempt = attempt }, Labels = { labels } }, "", default);
            if (attempt == 1) await runtime.CreateContainerAsync(id, new() { Metadata = new() { Name = "web" }, Image = new() { Image = "web" }, Labels = { labels } }, new(), default);
            await runtime.StopPodSandboxAsync(id, default);
        }

        await cache.RelistAsync(default);
        await new ContainerCollector(new DeadContainers(), cache, runtime, new LogLinks(null, NullLogger.Instance), new FakeEvents(), time, NullLogger.Instance).CollectAsync(default);

        Assert.Equal([2U, 1U], cache.Get("uid-a").Sandboxes.Select(s => s.Metadata.Attempt));
    }

    private static PodRuntimeState Pod(string name, params int[] createdAt) => new(
        name, name, "default", [], [.. createdAt.Select((at, i) => Ended($"{name}{i + 1}", at)).Reverse()]);

    private static ContainerStatus Ended(string id, int createdAt) => new()
    {
        Id = id,
        State = ContainerState.ContainerExited,
        Metadata = new() { Name = "web" },
        CreatedAt = createdAt * 1_000_000_000L,
    };
}
