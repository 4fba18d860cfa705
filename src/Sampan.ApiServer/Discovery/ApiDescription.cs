using Microsoft.AspNetCore.Http;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.OpenApi;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Discovery;

/// <summary>What the server tells about itself: discovery and OpenAPI, both from the same descriptors.</summary>
internal sealed class ApiDescription
{
    private readonly DiscoveryEndpoint _discovery;
    private readonly OpenApiEndpoint _openApi;

    /// <param name="resources">The resources that are served.</param>
    /// <param name="serverAddress">The host and port under which clients reach the server.</param>
    /// <param name="time">For expiry dates of answers.</param>
    public ApiDescription(IEnumerable<ResourceDescriptor> resources, string serverAddress, TimeProvider time)
    {
        var served = resources.Select(Of).ToList();
        _discovery = new DiscoveryEndpoint(new DiscoverySnapshot(served, serverAddress));
        _openApi = new OpenApiEndpoint(new OpenApiSnapshot(served), time);
    }

    public void MapTo(PathRoutes paths)
    {
        Map(paths, "/api", _discovery.TryAnswerAsync);
        Map(paths, "/apis", _discovery.TryAnswerAsync);
        Map(paths, "/openapi/v3", _openApi.TryAnswerAsync);
        paths.Map("/openapi/v2", request => AnswerAsync(request, _openApi.TryAnswerAsync));
    }

    private static void Map(PathRoutes paths, string path, Func<HttpContext, ValueTask<bool>> answer)
    {
        paths.Map(path, request => AnswerAsync(request, answer));
        paths.MapPrefix(path + "/", request => AnswerAsync(request, answer));
    }

    private static async Task AnswerAsync(ApiRequest request, Func<HttpContext, ValueTask<bool>> answer)
    {
        if (!await answer(request.Http))
            await PlainText.NotFoundAsync(request.Http);
    }

    private static ServedResource Of(ResourceDescriptor resource) =>
        ServedResource.Of(resource.Kind, resource.Review is null && resource.Kind.Verbs.Contains("watch") ? resource.StorageKind : null);
}
