using System.Text.Json;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>
/// Reads the three metrics APIs: metrics.k8s.io for CPU and memory of pods, custom.metrics.k8s.io for metrics of objects,
/// external.metrics.k8s.io for those of anything else. All values are in thousandths.
/// </summary>
internal sealed class MetricsClient(ApiClient client)
{
    private const string ResourceApi = "/apis/metrics.k8s.io/v1beta1";
    private const string ExternalApi = "/apis/external.metrics.k8s.io/v1beta1";
    private const string CustomGroup = "/apis/custom.metrics.k8s.io";
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(1);

    /// <summary>The usage of each pod that was measured, summed over its containers or of the one named.</summary>
    public async Task<Dictionary<string, PodMetric>> ResourceAsync(
        string ns, Selector selector, string resource, string container, CancellationToken cancellationToken)
    {
        var items = await ItemsAsync($"{ResourceApi}/namespaces/{ns}/pods", "resource metrics API", cancellationToken, ("labelSelector", selector.ToString()));
        var result = new Dictionary<string, PodMetric>();
        foreach (var item in items)
        {
            if (UsageOf(item, resource, container) is not { } usage) continue;
            var window = item.TryGetProperty("window", out var text) && Duration.TryParse(text.GetString(), out var w) ? (TimeSpan)w : DefaultWindow;
            result[NameOf(item, "metadata")] = new(usage, TimeOf(item), window);
        }

        return result;
    }

    /// <summary>A custom metric of each pod.</summary>
    public async Task<Dictionary<string, PodMetric>> PodsAsync(
        string ns, Selector selector, MetricIdentifier metric, CancellationToken cancellationToken)
    {
        var items = await CustomAsync($"namespaces/{ns}/pods/*/{metric.Name}", metric, cancellationToken, ("labelSelector", selector.ToString()));
        return items.ToDictionary(i => NameOf(i, "describedObject"), i => new PodMetric(ValueOf(i), TimeOf(i), WindowOf(i)));
    }

    /// <summary>A custom metric of one object.</summary>
    public async Task<double> ObjectAsync(
        string ns, GroupVersionResource resource, bool namespaced, string name, MetricIdentifier metric, CancellationToken cancellationToken)
    {
        var path = (resource.Group, resource.Resource) == ("", "namespaces")
            ? $"namespaces/{name}/metrics/{metric.Name}"
            : $"{(namespaced ? $"namespaces/{ns}/" : "")}{resource.GroupResource}/{name}/{metric.Name}";
        var items = await CustomAsync(path, metric, cancellationToken);
        return ValueOf(items[0]);
    }

    /// <summary>The sum over all series of an external metric that the selector chooses.</summary>
    public async Task<double> ExternalAsync(string ns, MetricIdentifier metric, CancellationToken cancellationToken)
    {
        var items = await ItemsAsync(
            $"{ExternalApi}/namespaces/{ns}/{metric.Name}", "external metrics API", cancellationToken, ("labelSelector", SelectorOf(metric)));
        return items.Sum(ValueOf);
    }

    private async Task<List<JsonElement>> CustomAsync(
        string path, MetricIdentifier metric, CancellationToken cancellationToken, params (string Key, string Value)[] query)
    {
        var version = await CustomVersionAsync(cancellationToken);
        return await ItemsAsync(
            $"{CustomGroup}/{version}/{path}", "custom metrics API", cancellationToken, [.. query, ("metricLabelSelector", SelectorOf(metric))]);
    }

    private async Task<string> CustomVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var group = JsonDocument.Parse(await client.GetRawAsync(CustomGroup, cancellationToken));
            return group.RootElement.GetProperty("preferredVersion").GetProperty("version").GetString()!;
        }
        catch (StatusException e)
        {
            var why = e.IsNotFound ? "no custom metrics API (custom.metrics.k8s.io) registered" : e.Message;
            throw new MetricException($"unable to fetch metrics from custom metrics API: {why}", e);
        }
    }

    private async Task<List<JsonElement>> ItemsAsync(
        string path, string api, CancellationToken cancellationToken, params (string Key, string Value)[] query)
    {
        var request = new ApiRequest
        {
            Verb = ApiVerbs.Get,
            RawPath = path,
            Query = [.. query.Where(q => q.Value.Length > 0).Select(q => KeyValuePair.Create(q.Key, q.Value))],
            Form = ObjectForm.Raw,
            Accept = MediaTypes.Json,
        };
        try
        {
            using var list = JsonDocument.Parse((await client.Transport.SendAsync(request, cancellationToken)).Body);
            var items = list.RootElement.GetProperty("items").EnumerateArray().Select(i => i.Clone()).ToList();
            return items.Count > 0 ? items : throw new MetricException($"no metrics returned from {api}");
        }
        catch (StatusException e)
        {
            throw new MetricException($"unable to fetch metrics from {api}: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new MetricException($"unable to read the answer of the {api}: {e.Message}", e);
        }
    }

    private static double? UsageOf(JsonElement pod, string resource, string container)
    {
        double? total = null;
        foreach (var one in pod.GetProperty("containers").EnumerateArray())
        {
            if (container.Length > 0 && one.GetProperty("name").GetString() != container) continue;
            if (one.GetProperty("usage").TryGetProperty(resource, out var usage)) total = (total ?? 0) + Quantity.Parse(usage.GetString()!).AsMilli();
            // A pod that lacks a sample of one container is not counted at all.
            else if (container.Length == 0) return null;
        }

        return total;
    }

    private static string SelectorOf(MetricIdentifier metric) => metric.Selector is null ? "" : Selector.From(metric.Selector).ToString();

    private static string NameOf(JsonElement item, string part) => item.GetProperty(part).GetProperty("name").GetString()!;

    private static double ValueOf(JsonElement item) => Quantity.Parse(item.GetProperty("value").GetString()!).AsMilli();

    private static DateTimeOffset TimeOf(JsonElement item) =>
        item.TryGetProperty("timestamp", out var time) && time.ValueKind == JsonValueKind.String ? Time.Parse(time.GetString()!).Value : default;

    private static TimeSpan WindowOf(JsonElement item) =>
        item.TryGetProperty("windowSeconds", out var seconds) && seconds.ValueKind == JsonValueKind.Number
            ? TimeSpan.FromSeconds(seconds.GetInt64()) : DefaultWindow;
}
