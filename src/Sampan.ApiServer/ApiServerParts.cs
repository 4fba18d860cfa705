using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization.Bootstrap;
using Sampan.ApiServer.Composition;
using Sampan.ApiServer.Health;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Filters;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Streaming;
using Sampan.ApiServer.Watch;
using Sampan.Client;

namespace Sampan.ApiServer;

/// <summary>The composition of one API server: everything is made here and handed to what needs it.</summary>
internal sealed class ApiServerParts : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ApiServerOptions _options;
    private readonly StoreFeed _feed;
    private readonly AuthenticationParts _authentication;
    private readonly ConnectHandlers _connect;
    private readonly Dispatcher _dispatcher;
    private readonly ILogger _logger;
    private AuthorizationParts? _authorization;
    private RequestPipeline? _pipeline;
    private volatile bool _isReady;

    public ApiServerParts(ApiServerOptions options)
    {
        _options = options;
        var (time, logger) = (options.Time, options.Logging.CreateLogger("kube-apiserver"));
        _feed = new StoreFeed(options.Store, time);
        Objects = new CatalogObjectSource(() => Catalog!);
        _authentication = new AuthenticationParts(options.Authentication, Objects, time, options.Logging);
        _connect = new ConnectHandlers(Objects, options.KubeletClient);
        Catalog = new ResourceCatalog(BuiltInResources.Build(ReviewResources.Build(_authentication, () => Authorization)), _feed, options.Store);
        var writer = new RegistryWriter(new AdmissionChain([]));
        var writes = new WriteVerbs(writer, time);
        var subresources = new SubresourceVerbs(Catalog, writes, new ScaleVerbs(Catalog, writer, time), writer, time);
        var resources = new ResourceEndpoint(Catalog, writes, new WatchVerb(time, options.MinimumWatchDuration), subresources);
        var paths = Paths(logger);
        _dispatcher = new Dispatcher(resources, paths);
        _logger = logger;
    }

    /// <summary>What every request passes; there is none before <see cref="LoadAsync"/>.</summary>
    public RequestPipeline Pipeline => _pipeline ?? throw new InvalidOperationException("the server is not started");

    private AuthorizationParts Authorization => _authorization ?? throw new InvalidOperationException("the server is not started");

    public ResourceCatalog Catalog { get; }

    public IObjectSource Objects { get; }

    /// <summary>Fills the caches; nothing can be read before.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var storage in Catalog.Storages)
        {
            await storage.Cache.LoadAsync(cancellationToken);
        }
        _authorization = new AuthorizationParts(_options.Authorization, Objects);
        _pipeline = new RequestPipeline(Filters(_authorization), _dispatcher.InvokeAsync);
    }

    /// <param name="client">The server's own client, with every right.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(ApiClient client, CancellationToken cancellationToken)
    {
        if (_options.Authorization.EnsureDefaultPolicy)
        {
            await new PolicyReconciler(new LoopbackPolicyStore(client)).ReconcileAsync(cancellationToken);
        }
        _isReady = true;
    }

    public async Task StopAsync()
    {
        _isReady = false;
        await _stopping.CancelAsync();
    }

    public void Dispose()
    {
        _authorization?.Dispose();
        _connect.Dispose();
        _feed.Dispose();
        _stopping.Dispose();
    }

    private IReadOnlyList<IRequestFilter> Filters(AuthorizationParts authorization)
    {
        return
        [
            new PanicGuard(_logger),
            new RequestInfoFilter(),
            new MetricsFilter(_options.Metrics, _options.Time),
            new DeadlineFilter(_options.Time, _options.RequestTimeout, _stopping.Token),
            new BodyLimitFilter(),
            new AuthenticationFilter(_authentication.Requests),
            new ImpersonationFilter(new Impersonation(authorization.Authorizer)),
            new AuthorizationFilter(authorization.Authorizer),
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
        var openId = _authentication.OpenId;
        paths.Map(OpenIdDocuments.ConfigurationPath, request => PlainText.WriteAsync(request.Http, 200, Text(openId.Configuration), OpenIdDocuments.ConfigurationType));
        paths.Map(OpenIdDocuments.KeysPath, request => PlainText.WriteAsync(request.Http, 200, Text(openId.Keys), OpenIdDocuments.KeysType));
        return paths;

        static string Text(ReadOnlyMemory<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8.Span);

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
