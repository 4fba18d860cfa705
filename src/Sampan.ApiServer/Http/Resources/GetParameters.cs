using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>The query of a request for one object.</summary>
internal static class GetParameters
{
    /// <summary>
    /// Waits until the cache is as new as the client wants it: without a version as new as all that was written, with one as new as that;
    /// any version will do for "0".
    /// </summary>
    public static async ValueTask AwaitFreshAsync(ApiRequest request, ResourceCache cache)
    {
        if (request.Query.Flag("export") == true)
        {
            throw StatusException.BadRequest("the export parameter, deprecated since v1.14, is no longer supported");
        }
        var version = request.Query.Text("resourceVersion");
        Spans.Event("About to Get from storage");
        using var span = StorageSpans.StartGet(cache, request.Info, version);
        Spans.Event("About to fetch object from cache");
        if (version.Length == 0)
        {
            await cache.ConsistentSnapshotAsync(request.Cancelled);
            return;
        }
        await cache.WaitUntilFreshAsync(ListParameters.ParseVersion(version), request.Cancelled);
    }
}
