using Sampan.Client.Grpc;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Server;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Stats;

public sealed class ResourceMetricsTests
{
    [Fact]
    public async Task Render_RunningPod_HasUpstreamsSeriesAndLabels()
    {
        await using var node = new Node();
        node.Runtime.Usage = _ => (1_500_000_000, 5000);
        await node.RunAsync(Node.Pod("a"));

        var lines = await RenderAsync(node);

        Assert.Contains("container_cpu_usage_seconds_total{container=\"web\",namespace=\"default\",pod=\"a\"} 1.5 1767225600000", lines);
        Assert.Contains("container_memory_working_set_bytes{container=\"web\",namespace=\"default\",pod=\"a\"} 5000 1767225600000", lines);
        Assert.Contains("container_start_time_seconds{container=\"web\",namespace=\"default\",pod=\"a\"} 1767225600", lines);
        Assert.Contains("pod_cpu_usage_seconds_total{namespace=\"default\",pod=\"a\"} 1.5 1767225600000", lines);
        Assert.Contains("pod_memory_working_set_bytes{namespace=\"default\",pod=\"a\"} 5000 1767225600000", lines);
        Assert.Contains("# TYPE node_cpu_usage_seconds_total counter", lines);
        Assert.Contains(lines, l => l.StartsWith("node_memory_working_set_bytes ", StringComparison.Ordinal));
        Assert.Contains("scrape_error 0", lines);
        Assert.Contains("resource_scrape_error 0", lines);
    }

    [Fact]
    public async Task Render_RuntimeSilent_CountsTheErrorAndNothingElse()
    {
        await using var node = new Node();
        node.Runtime.Fault = (method, _) => method == "ListContainerStats" ? new RpcException(GrpcStatusCode.Unavailable, "gone") : null;

        var lines = await RenderAsync(node);

        Assert.Contains("scrape_error 1", lines);
        Assert.DoesNotContain(lines, l => l.StartsWith("node_", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_ReadingsSomeSecondsApart_GiveARate()
    {
        var rates = new CpuRates();
        var start = DateTimeOffset.UnixEpoch;
        Assert.Null(rates.Add("c", start, 5_000_000_000).NanoCores);
        Assert.Null(rates.Add("c", start.AddSeconds(1), 5_100_000_000).NanoCores);
        Assert.Equal(400_000_000ul, rates.Add("c", start.AddSeconds(10), 9_000_000_000).NanoCores);
        Assert.Equal(400_000_000ul, rates.Add("c", start.AddSeconds(11), 9_500_000_000).NanoCores);
        Assert.Null(rates.Add("c", start.AddSeconds(30), 1_000_000).NanoCores);
    }

    private static async Task<string[]> RenderAsync(Node node) =>
        (await new ResourceMetrics(KubeletRoutesTests.Usage(node)).RenderAsync(default)).Split('\n');
}
