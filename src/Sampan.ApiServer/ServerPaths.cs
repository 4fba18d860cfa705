using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Health;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer;

/// <summary>The paths beside the resources: health, version, metrics, keys.</summary>
internal sealed class ServerPaths(ApiServerOptions options, OpenIdDocuments documents, Func<bool> isReady, ILogger logger)
{
    public PathRoutes Build()
    {
        var paths = new PathRoutes();
        HealthCheck[] live = [HealthCheck.Ping, new("etcd", CheckStoreAsync)];
        HealthCheck[] ready = [.. live, new("informer-sync", _ => new(isReady() ? null : "the server starts or stops"))];
        MapHealth(paths, "/healthz", live);
        MapHealth(paths, "/livez", live);
        MapHealth(paths, "/readyz", ready);
        paths.Map("/metrics", request => PlainText.WriteAsync(
            request.Http, StatusCodes.Status200OK, options.Metrics.Render(), "text/plain; version=0.0.4; charset=utf-8"));
        paths.Map("/version", request => ServerVersion.WriteAsync(request));
        paths.Map("/", request => RootPaths.WriteAsync(request, paths));
        MapKeys(paths);
        foreach (var (path, handler) in options.Paths) paths.Map(path, request => handler(request.Http, request.User));
        return paths;
    }

    private void MapHealth(PathRoutes paths, string path, HealthCheck[] checks)
    {
        var endpoint = new HealthEndpoint(path, checks, logger);
        paths.Map(path, endpoint.InvokeAsync);
        paths.MapPrefix(path + "/", endpoint.InvokeAsync);
    }

    private void MapKeys(PathRoutes paths)
    {
        Map(OpenIdDocuments.ConfigurationPath, documents.Configuration, OpenIdDocuments.ConfigurationType);
        Map(OpenIdDocuments.KeysPath, documents.Keys, OpenIdDocuments.KeysType);

        void Map(string path, ReadOnlyMemory<byte> bytes, string type) =>
            paths.Map(path, request => AnswerWriter.BytesAsync(request.Http, bytes, type, StatusCodes.Status200OK).AsTask());
    }

    private async ValueTask<string?> CheckStoreAsync(CancellationToken cancellationToken)
    {
        await options.Store.CurrentRevisionAsync(cancellationToken);
        return null;
    }
}
