using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer.Http;

/// <summary>The pipeline's end: resources by their descriptors, everything else by path.</summary>
internal sealed class Dispatcher(ResourceEndpoint resources, PathRoutes paths)
{
    public Task InvokeAsync(ApiRequest request)
    {
        if (request.Info.IsResourceRequest)
        {
            return resources.InvokeAsync(request);
        }
        return paths.Find(request.Info.Path) is { } handler ? handler(request) : PlainText.NotFoundAsync(request.Http);
    }
}
