using System.Text;

namespace Sampan.ControllerManager.MetricsServer;

/// <summary>Asks one kubelet, through the API server, what its node and containers have used so far.</summary>
internal sealed class NodeScraper(ApiClient client, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <exception cref="FormatException">The answer is no metrics text.</exception>
    /// <exception cref="TimeoutException">The kubelet takes too long.</exception>
    public async Task<NodeScrape> ScrapeAsync(string node, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var body = await client.GetRawAsync($"/api/v1/nodes/{Uri.EscapeDataString(node)}/proxy/metrics/resource", either.Token);
            return NodeScrape.Of(MetricsText.Parse(Encoding.UTF8.GetString(body.Span)), time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Limit.TotalSeconds} s");
        }
    }
}
