using System.Net;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Metrics;

namespace Sampan.Client.Tests.Metrics;

public sealed class HealthServerTests
{
    [Fact]
    public async Task Serve_ChecksAndMetrics()
    {
        var metrics = new MetricRegistry();
        metrics.Counter("things_total", "Things", "kind").With("a \"quoted\" one").Increment(3);
        metrics.Histogram("seconds", "Seconds", [0.1, 1]).With().Observe(0.5);
        string? problem = null;
        var server = new HealthServer(
            new HealthServerOptions(IPAddress.Loopback, 0) { Component = ("kube-x", new Dictionary<string, string> { ["v"] = "2" }), Pages = new Dictionary<string, RequestDelegate> { ["/configz"] = context => context.Response.WriteAsync("{\"a\":1}") } }, metrics, new HealthCheck("ping", () => null), new HealthCheck("sync", () => problem, ReadinessOnly: true));
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        try
        {
            Assert.Equal("ok", await http.GetStringAsync("/healthz"));
            Assert.Equal("{\"a\":1}", await http.GetStringAsync("/configz"));
            Assert.Contains("\nPaths: /configz /flagz /healthz /livez /metrics /readyz /statusz\n", await http.GetStringAsync("/statusz"), StringComparison.Ordinal);
            Assert.EndsWith("\nv=2\n", await http.GetStringAsync("/flagz"), StringComparison.Ordinal);
            Assert.Equal("[+]ping ok\n[+]sync ok\nreadyz check passed\n", await http.GetStringAsync("/readyz?verbose"));
            problem = "not yet";
            Assert.Equal("ok", await http.GetStringAsync("/livez"));
            var notReady = await http.GetAsync("/readyz");
            Assert.Equal(HttpStatusCode.InternalServerError, notReady.StatusCode);
            Assert.Contains("[-]sync failed: not yet", await notReady.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            var results = await http.GetStringAsync("/metrics/slis");
            Assert.Contains("kubernetes_healthcheck{name=\"sync\",type=\"readyz\"} 0\n", results, StringComparison.Ordinal);
            Assert.Contains("kubernetes_healthchecks_total{name=\"ping\",status=\"success\",type=\"livez\"} 1\n", results, StringComparison.Ordinal);
            var text = await http.GetStringAsync("/metrics");
            Assert.Contains("things_total{kind=\"a \\\"quoted\\\" one\"} 3\n", text, StringComparison.Ordinal);
            Assert.Contains("seconds_bucket{le=\"0.1\"} 0\nseconds_bucket{le=\"1\"} 1\nseconds_bucket{le=\"+Inf\"} 1\nseconds_sum 0.5\nseconds_count 1\n", text, StringComparison.Ordinal);
        }
        finally
        {
            await server.StopAsync(default);
        }
    }
}
