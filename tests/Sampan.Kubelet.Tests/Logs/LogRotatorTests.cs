using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Logs;

/// <summary>Upstream: TestRotateLogs of pkg/kubelet/logs.</summary>
public sealed class LogRotatorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(null, true)]
    public async Task Rotate_LogThatIsFullOrLost_IsOpenedAnew(int? size, bool reopened)
    {
        var time = new FakeTimeProvider();
        using var runtime = new SimulatedRuntime(time);
        var cache = new RuntimeCache(runtime, time, NullLogger.Instance);
        var labels = new Dictionary<string, string> { [RuntimeLabels.PodUid] = "uid-a", [RuntimeLabels.PodName] = "a", [RuntimeLabels.PodNamespace] = "default" };
        var sandbox = await runtime.RunPodSandboxAsync(new() { Metadata = new() { Name = "a" }, Labels = { labels } }, "", default);
        var id = await runtime.CreateContainerAsync(sandbox, new() { Metadata = new() { Name = "web" }, Image = new() { Image = "web" }, LogPath = _directory["web.log"], Labels = { labels } }, new(), default);
        await runtime.StartContainerAsync(id, default);
        await cache.RelistAsync(default);
        if (size is { } bytes) await File.WriteAllTextAsync(_directory["web.log"], new string('x', bytes), TestContext.Current.CancellationToken);
        await new LogRotator(cache, runtime, new KubeletConfiguration { ContainerLogMaxSize = "10" }, time, NullLogger.Instance).RotateAsync(default);
        Assert.Equal(reopened, runtime.Calls.Contains("ReopenContainerLog web"));
    }
}
