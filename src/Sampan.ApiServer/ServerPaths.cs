using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Health;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Resources;
using DebugPages = Sampan.Client.Metrics.DebugPages;
using HealthMetrics = Sampan.Client.Metrics.HealthMetrics;

namespace Sampan.ApiServer;

/// <summary>The paths beside the resources: health, version, metrics, keys.</summary>
/// <param name="described">The paths of discovery and OpenAPI, which "/" lists too.</param>
internal sealed class ServerPaths(ApiServerOptions options, OpenIdDocuments documents, ServerState state, FlowController flows, Func<IEnumerable<string>> described, ILogger logger)
{
    private static readonly HealthCheck Log = new("log", static _ => ValueTask.FromResult<string?>(null));

    private readonly HealthMetrics _health = new();

    public PathRoutes Build()
    {
        var paths = new PathRoutes();
        HealthCheck store = new("etcd", CheckStoreAsync);
        HealthCheck[] live = [HealthCheck.Ping, Log, store, .. state.Steps.Checks];
        HealthCheck[] ready =
        [
            HealthCheck.Ping, Log, store, store with { Name = "etcd-readiness" },
            new("informer-sync", _ => new(state.IsLoaded ? null : "the caches are being filled")), .. state.Steps.Checks,
            new("shutdown", _ => new(state.IsStopping ? "process is shutting down" : null)),
        ];
        MapHealth(paths, "/healthz", live);
        MapHealth(paths, "/livez", live);
        MapHealth(paths, "/readyz", ready);
        MapMetrics(paths, "/metrics", options.Metrics.Render);
        MapMetrics(paths, "/metrics/slis", _health.Render);
        paths.Map("/version", request => HttpMethods.IsGet(request.Http.Request.Method) || HttpMethods.IsHead(request.Http.Request.Method)
            ? ServerVersion.WriteAsync(request) : throw StatusException.GenericMethodNotAllowed());
        paths.Map("/", request => RootPaths.WriteAsync(request, paths.Paths.Concat(described())));
        MapKeys(paths);
        MapFlows(paths);
        var pages = new DebugPages("apiserver", options.Flags, () => paths.Paths, options.Time);
        paths.Map("/statusz", request => pages.StatuszAsync(request.Http));
        paths.Map("/flagz", request => pages.FlagzAsync(request.Http));
        foreach (var (path, handler) in options.Paths) paths.Map(path, request => handler(request.Http, request.User));
        return paths;
    }

    private static void MapMetrics(PathRoutes paths, string path, Func<string> render) => paths.Map(path, request => PlainText.WriteAsync(
        request.Http, StatusCodes.Status200OK, render(), "text/plain; version=0.0.4; charset=utf-8"));

    private void MapHealth(PathRoutes paths, string path, HealthCheck[] checks)
    {
        var endpoint = new HealthEndpoint(path, checks, _health, logger);
        paths.Map(path, endpoint.InvokeAsync);
        paths.MapPrefix(path + "/", endpoint.InvokeAsync);
        foreach (var check in checks) paths.Map($"{path}/{check.Name}", endpoint.InvokeAsync);
    }

    private void MapFlows(PathRoutes paths)
    {
        Map("dump_priority_levels", _ => FlowDump.Levels(flows.Look()));
        Map("dump_queues", _ => FlowDump.Queues(flows.Look()));
        Map("dump_requests", request => FlowDump.Requests(flows.Look(), request.Query.Text("includeRequestDetails").Length > 0));

        void Map(string name, Func<ApiRequest, string> table) => paths.Map(
            FlowDump.Path + name, request => PlainText.WriteAsync(request.Http, StatusCodes.Status200OK, table(request)));
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
