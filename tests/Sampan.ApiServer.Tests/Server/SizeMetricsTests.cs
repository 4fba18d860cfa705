using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>What is counted of bodies, events and what Services hold.</summary>
public sealed class SizeMetricsTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task RequestBodies_OfWrites_AreCountedByResourceAndVerb()
    {
        await using var server = await TestServer.StartAsync();
        const string Body = """{"metadata":{"name":"a"}}""";
        await server.SendAsync("POST", ConfigMaps, Body);
        await server.SendAsync("PUT", ConfigMaps + "/a", Body);
        await server.SendAsync("PATCH", ConfigMaps + "/a", "{}", "application/merge-patch+json");
        await server.SendAsync("DELETE", ConfigMaps + "/a");
        await server.SendAsync("POST", "/apis/apps/v1/namespaces/default/deployments", new string(' ', 60_000) + "{");
        var text = (await server.SendAsync("GET", "/metrics")).Text;
        string[] lines =
        [
            $"_sum{{resource=\"configmaps\",verb=\"create\"}} {Body.Length}\n", $"_sum{{resource=\"configmaps\",verb=\"update\"}} {Body.Length}\n",
            "_sum{resource=\"configmaps\",verb=\"patch\"} 2\n", "_count{resource=\"configmaps\",verb=\"delete\"} 1\n",
            "_bucket{resource=\"deployments.apps\",verb=\"create\",le=\"50000\"} 0\n", "_bucket{resource=\"deployments.apps\",verb=\"create\",le=\"150000\"} 1\n",
        ];
        Assert.All(lines, line => Assert.Contains("apiserver_request_body_size_bytes" + line, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WatchEvents_OfEachForm_AreMeasuredByTheirObject()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync("POST", ConfigMaps, $$$"""{"metadata":{"name":"a"},"data":{"k":"{{{new string('x', 5000)}}}"}}""");
        await server.WatchAsync(ConfigMaps + "?watch=1", null, 1);
        await server.WatchAsync(ConfigMaps + "?watch=1", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", 1);
        var text = (await server.SendAsync("GET", "/metrics")).Text;
        string[] lines =
        [
            "le=\"1024\"} 1\n", "le=\"4096\"} 1\n", "le=\"8192\"} 2\n", "le=\"131072\"} 2\n",
        ];
        Assert.All(lines, line => Assert.Contains(
            "apiserver_watch_events_sizes_bucket{group=\"\",version=\"v1\",resource=\"configmaps\"," + line, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_WhatTheyHold_IsCounted()
    {
        var metrics = new MetricRegistry();
        await using var server = await TestServer.StartAsync(options => options with { Metrics = metrics });
        Assert.Equal(201, await CreateAsync("any", "\"type\":\"NodePort\","));
        Assert.Equal(201, await CreateAsync("wanted", "\"type\":\"NodePort\",\"clusterIP\":\"10.96.0.9\",", 30080));
        Assert.Equal(422, await CreateAsync("late", "\"clusterIP\":\"10.96.0.9\","));
        Assert.Equal(422, await CreateAsync("later", "\"type\":\"NodePort\",", 30080));
        Assert.Equal(201, await CreateAsync("rehearsed", "", query: "?dryRun=All"));
        var text = metrics.Render();
        string[] lines =
        [
            "clusterip_allocator_allocated_ips{cidr=\"10.96.0.0/16\"} 2\n", "clusterip_allocator_available_ips{cidr=\"10.96.0.0/16\"} 65532\n",
            "clusterip_allocator_allocation_total{cidr=\"10.96.0.0/16\",scope=\"static\"} 1\n",
            "clusterip_allocator_allocation_errors_total{cidr=\"10.96.0.0/16\",scope=\"static\"} 1\n",
            "nodeport_allocator_allocated_ports 2\n", "nodeport_allocator_available_ports 2766\n",
            "nodeport_allocator_allocation_total{scope=\"dynamic\"} 1\n", "nodeport_allocator_allocation_total{scope=\"static\"} 1\n",
            "nodeport_allocator_allocation_errors_total{scope=\"static\"} 1\n",
        ];
        Assert.All(lines, line => Assert.Contains("kube_apiserver_" + line, text, StringComparison.Ordinal));

        async Task<int> CreateAsync(string name, string spec, int port = 0, string query = "") => (await server.SendAsync(
            "POST", "/api/v1/namespaces/default/services" + query,
            $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{{{{spec}}}"ports":[{"port":80,"nodePort":{{{port}}}}]}}""")).Code;
    }
}
