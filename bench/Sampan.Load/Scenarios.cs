using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sampan.Load;

/// <summary>The run: every scenario in order, in a namespace of its own.</summary>
internal sealed class Scenarios(Connections connections, Limits limits, Report report)
{
    private const string Json = "application/json";
    private const int LargeMaps = 100;
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    private readonly string _namespace = "load-" + Guid.NewGuid().ToString("n")[..8];

    private string Maps => $"api/v1/namespaces/{_namespace}/configmaps";

    private string Pods => $"api/v1/namespaces/{_namespace}/pods";

    public async Task RunAsync(CancellationToken ct)
    {
        await PrepareAsync(ct);
        report.Begin();
        await Load(1).RunAsync("create ConfigMap, 1 client", i => Create(Maps, Samples.ConfigMap(Name("one", i))), report, ct);
        var maps = await Load(16).RunAsync("create ConfigMap, 16 clients", i => Create(Maps, Samples.ConfigMap(Name("map", i))), report, ct);
        await Load(1).RunAsync("GET ConfigMap, 1 client", i => Get($"{Maps}/{Name("map", i % maps)}", Json), report, ct);
        await Load(16).RunAsync("GET ConfigMap, 16 clients", i => Get($"{Maps}/{Name("map", i % maps)}", Json), report, ct);
        await Load(16, maps).RunAsync("update ConfigMap, 16 clients", i => Put($"{Maps}/{Name("map", i)}", Samples.ConfigMap(Name("map", i), "1")), report, ct);
        await Load(16, maps).RunAsync("patch ConfigMap (merge), 16 clients", i => Patch($"{Maps}/{Name("map", i)}", """{"data":{"step":"patched"}}"""), report, ct);
        await Load(16, maps).RunAsync("apply ConfigMap, 16 clients", i => Apply($"{Maps}/{Name("map", i)}", Samples.ConfigMap(Name("map", i), "applied")), report, ct);
        await PodsAsync(ct);
        await WatchAsync(limits.Watchers, 1000, ct);
        await WatchAsync(limits.ManyWatchers, 20, ct);
        await LargeListsAsync(ct);
        await CleanAsync(ct);
        await SettleAsync(ct);
    }

    // As many at once as a group of controllers that start anew, each list as large as that of a large cluster.
    private async Task LargeListsAsync(CancellationToken ct)
    {
        const int Clients = 20;
        await new Load(connections, 4, LargeMaps, TimeSpan.FromMinutes(1))
            .RunAsync("create ConfigMap of 512 KiB, 4 clients", i => Create(Maps, Samples.LargeConfigMap(Name("large", i))), report, ct);
        await Load(1, 1).RunAsync("LIST of 50 MiB, alone", _ => Get(Maps + "?labelSelector=app%3Dlarge", Json), report, ct);
        await new Load(connections, Clients, Clients * 3, TimeSpan.FromMinutes(2))
            .RunAsync($"LIST of 50 MiB, {Clients} at once", _ => Get(Maps + "?labelSelector=app%3Dlarge", Json), report, ct);
    }

    private async Task SettleAsync(CancellationToken ct)
    {
        report.Add("all deleted");
        if (limits.Settle > TimeSpan.Zero)
        {
            await Task.Delay(limits.Settle, TimeProvider.System, ct);
            report.Add($"{limits.Settle.TotalSeconds:0} s later");
        }
    }

    private async Task PodsAsync(CancellationToken ct)
    {
        await new Load(connections, 16, limits.Pods, TimeSpan.FromMinutes(5))
            .RunAsync("create pod, 16 clients", i => Create(Pods, Samples.Pod(Name("pod", i))), report, ct);
        foreach (var (name, form) in new[] { ("JSON", Json), ("Table", Table), ("protobuf", Protobuf) })
        {
            await Load(1, 1).RunAsync($"LIST {limits.Pods} pods, {name}, first", _ => Get(Pods, form), report, ct);
            await Load(1, 20).RunAsync($"LIST {limits.Pods} pods, {name}", _ => Get(Pods, form), report, ct);
        }
    }

    // Watches begin at the present version, so that each counts the new objects only.
    private async Task WatchAsync(int watchers, int events, CancellationToken ct)
    {
        using var head = await connections[0].SendAsync(Get($"{Maps}?limit=1", Json), ct);
        using var list = JsonDocument.Parse(await head.Content.ReadAsStreamAsync(ct));
        var version = list.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString();
        var path = $"{Maps}?watch=true&labelSelector=app%3Dload&resourceVersion={version}";
        var writers = new Load(connections, 4, events, limits.Time);
        await new FanOut(connections, path, watchers, events).RunAsync(
            token => writers.RunAsync(
                $"create ConfigMap watched by {watchers}, 4 clients", i => Create(Maps, Samples.ConfigMap(Name($"event-{watchers}", i))), report, token),
            limits.Time * 2, report, ct);
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        var silent = connections[0];
        (await silent.SendAsync(Create("api/v1/namespaces", Samples.Namespace(_namespace)), ct)).EnsureSuccessStatusCode().Dispose();
        // A controller manager makes it too, if there is one.
        (await silent.SendAsync(Create($"api/v1/namespaces/{_namespace}/serviceaccounts", Samples.ServiceAccount()), ct)).Dispose();
    }

    private async Task CleanAsync(CancellationToken ct)
    {
        foreach (var path in new[] { Maps, Pods + "?gracePeriodSeconds=0", $"api/v1/namespaces/{_namespace}" })
        {
            (await connections[0].SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), ct)).Dispose();
        }
    }

    private Load Load(int clients, int? requests = null) => new(connections, clients, Math.Min(requests ?? int.MaxValue, limits.Requests), limits.Time);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number:00000}");

    private static HttpRequestMessage Get(string path, string accept)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, path);
        message.Headers.TryAddWithoutValidation("Accept", accept);
        return message;
    }

    private static HttpRequestMessage Create(string path, string body) => Send(HttpMethod.Post, path, body, Json);

    private static HttpRequestMessage Put(string path, string body) => Send(HttpMethod.Put, path, body, Json);

    private static HttpRequestMessage Patch(string path, string body) => Send(HttpMethod.Patch, path, body, "application/merge-patch+json");

    private static HttpRequestMessage Apply(string path, string body) =>
        Send(HttpMethod.Patch, path + "?fieldManager=applier&force=true", body, "application/apply-patch+yaml");

    private static HttpRequestMessage Send(HttpMethod method, string path, string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpRequestMessage(method, path) { Content = content };
    }
}
