using Sampan.ApiServer.Discovery;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.OpenApi;

namespace Sampan.ApiServer.Http;

/// <summary>The pipeline's end: resources by their descriptors, everything else by path.</summary>
internal sealed class Dispatcher(ResourceEndpoint resources, PathRoutes paths, DiscoveryEndpoint discovery, Lazy<OpenApiEndpoint> openApi)
{
    public async Task InvokeAsync(ApiRequest request)
    {
        if (request.Info.IsResourceRequest && !request.Info.Path.StartsWith("//", StringComparison.Ordinal))
        {
            await resources.InvokeAsync(request);
        }
        else if (paths.Find(request.Info.Path) is { } handler)
        {
            await handler(request);
        }
        else if (!await DescribeAsync(request))
        {
            await PlainText.NotFoundAsync(request.Http);
        }
    }

    private async ValueTask<bool> DescribeAsync(ApiRequest request)
    {
        if (request.Info.Path.StartsWith("/openapi/", StringComparison.Ordinal))
        {
            return await openApi.Value.TryAnswerAsync(request.Http);
        }
        return await discovery.TryAnswerAsync(request.Http);
    }
}
