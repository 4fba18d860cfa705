using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Stats;
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

        await Assert.ThrowsAsync<IOException>(() => collector.CollectAsync(default));
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

    /// <summary>Upstream: handleImageVolumes of the image garbage collector.</summary>
    [Fact]
    public async Task DeleteUnused_ImageThatIsAVolume_Stays()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a", p =>
        {
            p.Spec.Volumes = [new() { Name = "v", Image = new() { Reference = "registry.test/data:1", PullPolicy = "IfNotPresent" } }];
            p.Spec.Containers[0].VolumeMounts = [new() { Name = "v", MountPath = "/data" }];
        }));
        node.Runtime.AddImage("old:1");
        await Collector(node, new KubeletConfiguration { ImageMinimumGcAge = TimeSpan.Zero }).DeleteUnusedAsync(default);
        Assert.Equal(["registry.test/data:1", "registry.test/web:1"], (await node.Runtime.ListImagesAsync(default)).SelectMany(i => i.RepoTags).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Collect_DiskFullOfOtherThings_SaysSo()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a"));
        await FailAsync(Collector(node, new KubeletConfiguration { ImageGcHighThresholdPercent = 90, ImageGcLowThresholdPercent = 80 }));
        Assert.Contains("Warning FreeDiskSpaceFailed Failed to garbage collect required amount of images. Attempted to free 100 bytes, but only found 0 bytes eligible to free.", node.Events.All);
        await FailAsync(Collector(node, new KubeletConfiguration(), new(0, 0, 0, 0, 0)));
        Assert.Contains("Warning InvalidDiskCapacity invalid capacity 0 on image filesystem", node.Events.All);

        static Task FailAsync(ImageCollector collector) => Assert.ThrowsAsync<IOException>(() => collector.CollectAsync(default));
    }

    [Fact]
    public async Task Run_FailsTwiceInARow_TellsTheSecondTime()
    {
        await using var node = new Node();
        using var stop = new CancellationTokenSource();
        var collecting = Collector(node, new KubeletConfiguration(), new(0, 0, 0, 0, 0)).RunAsync(stop.Token);
        await node.UntilAsync(() => !node.Events.All.IsEmpty, "the first failure to be told");
        Assert.Equal(["Warning InvalidDiskCapacity invalid capacity 0 on image filesystem"], node.Events.All);
        await node.InTimeAsync(() => node.Events.All.Contains("Warning ImageGCFailed invalid capacity 0 on image filesystem"), "the second failure to be told");
        await stop.CancelAsync();
        await collecting;
    }

    [Fact]
    public async Task Collect_RuntimeKeepsAnImage_FreesTheOthersAndSaysSo()
    {
        await using var node = new Node();
        var configuration = new KubeletConfiguration { ImageGcHighThresholdPercent = 100, ImageGcLowThresholdPercent = 80, ImageMinimumGcAge = TimeSpan.Zero };
        var collector = Collector(node, configuration);
        node.Runtime.AddImage("kept:1");
        await collector.CollectAsync(default);
        node.Time.Advance(TimeSpan.FromMinutes(1));
        node.Runtime.AddImage("gone:1");
        configuration.ImageGcHighThresholdPercent = 90;
        node.Runtime.Fault = (method, subject) => method == "RemoveImage" && subject.Contains("kept", StringComparison.Ordinal) ? new RpcException(GrpcStatusCode.Internal, "busy") : null;
        var failure = await Assert.ThrowsAsync<IOException>(() => collector.CollectAsync(default));
        Assert.Contains("with errors in image deletion: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(": busy", failure.Message, StringComparison.Ordinal);
        Assert.Contains("kept:1", Assert.Single(await node.Runtime.ListImagesAsync(default)).RepoTags);
    }

    [Fact]
    public async Task Collect_DiskTooFull_DeletesTheLongestUnusedFirstAndOnlyAsManyAsNeeded()
    {
        await using var node = new Node();
        var metrics = new MetricRegistry();
        var configuration = new KubeletConfiguration { ImageGcHighThresholdPercent = 100, ImageGcLowThresholdPercent = 89, ImageMinimumGcAge = TimeSpan.Zero };
        var collector = Collector(node, configuration, metrics: metrics);
        foreach (var image in new[] { "first:1", "second:1", "third:1" })
        {
            node.Runtime.AddImage(image);
            await collector.CollectAsync(default);
            node.Time.Advance(TimeSpan.FromMinutes(1));
        }

        configuration.ImageGcHighThresholdPercent = 90;
        await collector.CollectAsync(default);
        Assert.Equal(["second:1", "third:1"], (await node.Runtime.ListImagesAsync(default)).SelectMany(i => i.RepoTags).Order(StringComparer.Ordinal));
        Assert.Contains("kubelet_image_garbage_collected_total{reason=\"space\"} 1", metrics.Render(), StringComparison.Ordinal);
    }

    /// <summary>Upstream: TestFreeSpaceTiesBrokenByDetectedTime, where the image that was detected last and never used goes first.</summary>
    [Fact]
    public async Task Collect_ImageThatNobodyWasSeenToUse_GoesBeforeThoseThatWereUsed()
    {
        await using var node = new Node();
        var configuration = new KubeletConfiguration { ImageGcHighThresholdPercent = 100, ImageGcLowThresholdPercent = 89, ImageMinimumGcAge = TimeSpan.Zero };
        var collector = Collector(node, configuration);
        node.Runtime.AddImage("used:1");
        var container = await node.Runtime.CreateContainerAsync("sandbox", new() { Metadata = new() { Name = "c" }, Image = new() { Image = "used:1" } }, new(), default);
        await collector.CollectAsync(default);
        await node.Runtime.RemoveContainerAsync(container, default);
        node.Time.Advance(TimeSpan.FromMinutes(1));
        node.Runtime.AddImage("newer:1");
        await collector.CollectAsync(default);

        configuration.ImageGcHighThresholdPercent = 90;
        await collector.CollectAsync(default);

        Assert.Contains("used:1", Assert.Single(await node.Runtime.ListImagesAsync(default)).RepoTags);
    }

    [Fact]
    public async Task Collect_RuntimeKeepsAnImageThatIsTooOld_SaysSo()
    {
        await using var node = new Node();
        var configuration = new KubeletConfiguration { ImageMaximumGcAge = TimeSpan.FromHours(1), ImageGcHighThresholdPercent = 100, ImageGcLowThresholdPercent = 99 };
        var collector = Collector(node, configuration);
        node.Runtime.AddImage("kept:1");
        await collector.CollectAsync(default);
        node.Time.Advance(TimeSpan.FromMinutes(61));
        node.Runtime.Fault = (method, _) => method == "RemoveImage" ? new RpcException(GrpcStatusCode.Internal, "busy") : null;
        var failure = await Assert.ThrowsAsync<IOException>(() => collector.CollectAsync(default));
        Assert.StartsWith("wanted to free images older than 1h0m0s, encountered errors in image deletion: ", failure.Message, StringComparison.Ordinal);
    }

    private static ImageCollector Collector(Node node, KubeletConfiguration configuration, FileSystemUsage? disk = null, MetricRegistry? metrics = null)
    {
        node.Runtime.ImageMountpoint = "/";
        var linux = new FakeLinux { Usage = disk ?? new(1000, 100, 900, 10, 5) };
        return new ImageCollector(configuration, node.Runtime, node.Access, linux, node.Events, new KubeletMetrics(metrics ?? new(), "node"), node.Time, NullLogger.Instance);
    }
}
