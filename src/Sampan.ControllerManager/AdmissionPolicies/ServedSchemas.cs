using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Cel;
using Sampan.Client.Discovery;

namespace Sampan.ControllerManager.AdmissionPolicies;

/// <summary>The types of the kinds that the API server serves, from its OpenAPI documents; each document is asked for once.</summary>
internal sealed class ServedSchemas(ApiClient client, DiscoveryResult served)
{
    private readonly Dictionary<string, JsonObject?> _documents = [];

    public IEnumerable<GroupVersionKind> KindsOf(GroupVersionResource resource) => served.Resources
        .Where(r => r.Resource == resource).Select(r => new GroupVersionKind(resource.Group, resource.Version, r.Kind));

    /// <summary>Null when the server does not say.</summary>
    public async Task<CelStaticType?> FindAsync(GroupVersionKind kind, CancellationToken cancellationToken)
    {
        var path = kind.Group.Length == 0 ? $"/openapi/v3/api/{kind.Version}" : $"/openapi/v3/apis/{kind.Group}/{kind.Version}";
        if (!_documents.TryGetValue(path, out var document)) _documents[path] = document = await ReadAsync(path, cancellationToken);
        return document is null ? null : SchemaTypes.Find(document, kind);
    }

    private async Task<JsonObject?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ApiRequest { Verb = ApiVerbs.Get, RawPath = path, Accept = MediaTypes.Json, Form = ObjectForm.Raw };
            return JsonNode.Parse((await client.Transport.SendAsync(request, cancellationToken)).Body.Span) as JsonObject;
        }
        catch (Exception e) when (e is StatusException { IsNotFound: true } or JsonException)
        {
            return null;
        }
    }
}
