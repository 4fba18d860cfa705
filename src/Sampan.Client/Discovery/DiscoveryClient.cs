using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sampan.Client.Discovery;

/// <summary>Asks a server what it serves: by aggregated discovery, or group by group where a server has only that.</summary>
public sealed class DiscoveryClient
{
    private const string Aggregated =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private readonly IApiTransport _transport;

    internal DiscoveryClient(IApiTransport transport) => _transport = transport;

    /// <summary>All resources, in order of group and of each group's version preference.</summary>
    public async Task<DiscoveryResult> ResourcesAsync(CancellationToken cancellationToken)
    {
        var resources = new List<ApiResourceInfo>();
        var failed = new List<string>();
        await AddAsync("/api", resources, failed, cancellationToken);
        await AddAsync("/apis", resources, failed, cancellationToken);
        return new DiscoveryResult(resources, failed);
    }

    private async Task AddAsync(string path, List<ApiResourceInfo> resources, List<string> failed, CancellationToken cancellationToken)
    {
        var root = await GetAsync(path, cancellationToken);
        if (root["items"] is JsonArray items)
        {
            AggregatedDiscovery.Read(items, resources, failed);
            return;
        }

        foreach (var groupVersion in LegacyDiscovery.GroupVersions(root))
        {
            try
            {
                var list = await GetAsync($"{path}/{groupVersion}", cancellationToken);
                LegacyDiscovery.Read(groupVersion, list, resources);
            }
            catch (StatusException)
            {
                failed.Add(groupVersion);
            }
        }
    }

    private async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken)
    {
        var request = new ApiRequest { Verb = ApiVerbs.Get, RawPath = path, Accept = Aggregated, Form = ObjectForm.Tree };
        var response = await _transport.SendAsync(request, cancellationToken);
        return JsonNode.Parse(response.Body.Span) as JsonObject ?? throw new JsonException($"{path}: not a JSON object");
    }
}
