using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.ApiServer.Audit;
using Sampan.Client;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Tests.Audit;

public sealed class AuditWebhookTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _metrics = new();
    private readonly Collector _collector = new();

    [Fact]
    public async Task Write_MoreThanABatch_ArePostedInOrder()
    {
        using (var webhook = Start(new AuditOptions { WebhookMaxBatch = 2 }))
        {
            foreach (var name in (string[])["a", "b", "c"]) webhook.Write(Event(name));
            await webhook.StopAsync();
        }
        Assert.Equal(["/audit a,b", "/audit c"], _collector.Posts);
    }

    [Fact]
    public async Task Write_FewEvents_ArePostedAfterTheWait()
    {
        using var webhook = Start(new AuditOptions { WebhookMaxWait = TimeSpan.FromSeconds(30) });
        webhook.Write(Event("a"));
        await AdvanceUntilAsync(() => _collector.Posts.Count == 1);
        Assert.Equal(["/audit a"], _collector.Posts);
        await webhook.StopAsync();
    }

    [Fact]
    public async Task Post_Fails_IsTriedAgain()
    {
        _collector.Failures = 2;
        using var webhook = Start(new AuditOptions { WebhookMaxBatch = 1 });
        webhook.Write(Event("a"));
        await AdvanceUntilAsync(() => _collector.Posts.Count == 1);
        await webhook.StopAsync();
        Assert.Contains("apiserver_audit_error_total{plugin=\"webhook\"} 0", Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FailsForGood_IsCounted()
    {
        _collector.Failures = int.MaxValue;
        using var webhook = Start(new AuditOptions());
        webhook.Write(Event("a"));
        webhook.Write(Event("b"));
        await webhook.StopAsync();
        Assert.Contains("apiserver_audit_error_total{plugin=\"webhook\"} 2", Metrics(), StringComparison.Ordinal);
    }

    private AuditWebhook Start(AuditOptions options) => new(_collector, "/audit", options, _time, _metrics, NullLogger.Instance);

    private static byte[] Event(string name) => Encoding.UTF8.GetBytes($"{{\"auditID\":\"{name}\"}}");

    private string Metrics() => _metrics.Render();

    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        Assert.True(condition());
    }

    private sealed class Collector : IApiTransport
    {
        private readonly List<string> _posts = [];

        public int Failures { get; set; }

        public IReadOnlyList<string> Posts
        {
            get
            {
                lock (_posts) return [.. _posts];
            }
        }

        public Task<ApiResponse> SendAsync(Sampan.Client.ApiRequest request, CancellationToken cancellationToken)
        {
            if (Failures > 0)
            {
                Failures--;
                throw new ApiConnectionException("nobody is there");
            }
            var list = JsonNode.Parse(request.Content!.Encode(WireFormat.Json).Bytes.Span)!;
            Assert.Equal(("EventList", "audit.k8s.io/v1"), ((string?)list["kind"], (string?)list["apiVersion"]));
            lock (_posts) _posts.Add($"{request.Path} {string.Join(',', list["items"]!.AsArray().Select(one => (string?)one!["auditID"]))}");
            return Task.FromResult(new ApiResponse { StatusCode = 200, Body = default, MediaType = "application/json" });
        }

        public async IAsyncEnumerable<ApiEvent> WatchAsync(Sampan.Client.ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public Task<Stream> OpenAsync(Sampan.Client.ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => default;
    }
}
