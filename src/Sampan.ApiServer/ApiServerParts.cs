using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Health;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Filters;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer;

/// <summary>The composition of one API server: everything is made here and handed to what needs it.</summary>
internal sealed class ApiServerParts : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ApiServerOptions _options;
    private readonly StoreFeed _feed;
    private volatile bool _isReady;

    public ApiServerParts(ApiServerOptions options)
    {
        _options = options;
        var (time, logger) = (options.Time, options.Logging.CreateLogger("kube-apiserver"));
        _feed = new StoreFeed(options.Store, time);
        Objects = new CatalogObjectSource(() => Catalog!);
        Catalog = new ResourceCatalog(BuiltInResources.Build([]), _feed, options.Store);
        var writer = new RegistryWriter(new AdmissionChain([]));
        var writes = new WriteVerbs(writer, time);
        var subresources = new SubresourceVerbs(Catalog, writes, new ScaleVerbs(Catalog, writer, time), writer, time);
        var resources = new ResourceEndpoint(Catalog, writes, new WatchVerb(time, options.MinimumWatchDuration), subresources);
        var paths = Paths(logger);
        var dispatcher = new Dispatcher(resources, paths);
        Pipeline = new RequestPipeline(Filters(logger), dispatcher.InvokeAsync);
    }

    public RequestPipeline Pipeline { get; }

    public ResourceCatalog Catalog { get; }

    public IObjectSource Objects { get; }

    /// <summary>Fills the caches; nothing can be read before.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var storage in Catalog.Storages)
        {
            await storage.Cache.LoadAsync(cancellationToken);
        }
    }

    public Task StartAsync(Uri? address, CancellationToken cancellationToken)
    {
        _isReady = true;
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        _isReady = false;
        await _stopping.CancelAsync();
    }

    public void Dispose()
    {
        _feed.Dispose();
        _stopping.Dispose();
    }

    private IReadOnlyList<IRequestFilter> Filters(ILogger logger)
    {
        return
        [
            new PanicGuard(logger),
            new RequestInfoFilter(),
            new MetricsFilter(_options.Metrics, _options.Time),
            new DeadlineFilter(_options.Time, _options.RequestTimeout, _stopping.Token),
            new BodyLimitFilter(),
        ];
    }

    private PathRoutes Paths(ILogger logger)
    {
        var paths = new PathRoutes();
        HealthCheck[] live = [HealthCheck.Ping, new("etcd", CheckStoreAsync)];
        HealthCheck[] ready = [.. live, new("informer-sync", _ => new(_isReady ? null : "caches are being filled or the server stops"))];
        Map("/healthz", live);
        Map("/livez", live);
        Map("/readyz", ready);
        paths.Map("/metrics", request => PlainText.WriteAsync(
            request.Http, 200, _options.Metrics.Render(), "text/plain; version=0.0.4; charset=utf-8"));
        return paths;

        void Map(string path, HealthCheck[] checks)
        {
            var endpoint = new HealthEndpoint(path, checks, logger);
            paths.Map(path, endpoint.InvokeAsync);
            paths.MapPrefix(path + "/", endpoint.InvokeAsync);
        }
    }

    private async ValueTask<string?> CheckStoreAsync(CancellationToken cancellationToken)
    {
        await _options.Store.CurrentRevisionAsync(cancellationToken);
        return null;
    }
}
