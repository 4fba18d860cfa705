using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Images;

public sealed class ImageCollectorTests
{
    [Fact]
    public async Task Collect_DiskLowEnough_KeepsEverything()
    {
        await using var node = new Node();
        node.Runtime.AddImage("old:1");
        var collector = Collector(node, new KubeletConfiguration { ImageGcHighThresholdPercent = 100, ImageGcLowThresholdPercent = 99 });
        await collector.CollectAsync(default);
        node.Time.Advance(TimeSpan.FromHours(1));
        await collector.CollectAsync(default);
        Assert.Single(await node.Runtime.ListImagesAsync(default));
    }

    [Fact]
    public async Task Collect_DiskTooFull_DeletesUnusedImagesThatAreOldEnough()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        node.Runtime.AddImage("old:1");
        var collector = Collector(node, new KubeletConfiguration { ImageGcHighThresholdPercent = 1, ImageGcLowThresholdPercent = 0 });

        await collector.CollectAsync(default);
        Assert.Equal(2, (await node.Runtime.ListImagesAsync(default)).Count);
        node.Time.Advance(TimeSpan.FromMinutes(3));
        await collector.CollectAsync(default);

        var left = Assert.Single(await node.Runtime.ListImagesAsync(default));
        Assert.Contains("registry.test/web:1", left.RepoTags);
    }

    [Fact]
    public async Task Collect_UnusedForLongerThanAllowed_DeletesWhateverTheDisk()
    {
        await using var node = new Node();
        node.Runtime.AddImage("old:1");
        var collector = Collector(node, new KubeletConfiguration { ImageMaximumGcAge = TimeSpan.FromHours(1), ImageGcHighThresholdPercent = 100, ImageGcLowThresholdPercent = 99 });
        await collector.CollectAsync(default);
        node.Time.Advance(TimeSpan.FromMinutes(59));
        await collector.CollectAsync(default);
        Assert.Single(await node.Runtime.ListImagesAsync(default));
        node.Time.Advance(TimeSpan.FromMinutes(2));
        await collector.CollectAsync(default);
        Assert.Empty(await node.Runtime.ListImagesAsync(default));
    }

    [Fact]
    public async Task DeleteUnused_UnderPressure_KeepsWhatContainersUse()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        node.Runtime.AddImage("old:1");
        var collector = Collector(node, new KubeletConfiguration { ImageMinimumGcAge = TimeSpan.Zero });
        await collector.DeleteUnusedAsync(default);
        Assert.Contains("registry.test/web:1", Assert.Single(await node.Runtime.ListImagesAsync(default)).RepoTags);
    }

    private static ImageCollector Collector(Node node, KubeletConfiguration configuration)
    {
        node.Runtime.ImageMountpoint = "/";
        return new ImageCollector(configuration, node.Runtime, node.Access, new FakeLinux { Usage = new(1000, 100, 900, 10, 5) }, node.Time, NullLogger.Instance);
    }
}
