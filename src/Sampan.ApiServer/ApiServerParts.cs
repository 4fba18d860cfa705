using System.Net;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Audit;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Authorization.Bootstrap;
using Sampan.ApiServer.Bootstrap;
using Sampan.ApiServer.Composition;
using Sampan.ApiServer.Discovery;
using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Health;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Filters;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.OpenApi;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Registry.Apps;
using Sampan.ApiServer.Registry.Batch;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Core.Services;
using Sampan.ApiServer.Registry.Networking;
using Sampan.ApiServer.Registry.Rbac;
using Sampan.ApiServer.Registry.Storage;
using Sampan.ApiServer.Streaming;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer;

/// <summary>
/// The composition of one API server: everything is made here and handed to what needs it. It has two steps, since authorization and
/// the allocators begin with what is stored: <see cref="LoadAsync"/> fills the caches, then the pipeline is built over them.
/// </summary>
internal sealed class ApiServerParts : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ApiServerOptions _options;
    private readonly ILogger _logger;
    private readonly StoreFeed _feed;
    private readonly ServiceAddresses _addresses;
    private readonly NodePorts _nodePorts;
    private readonly AuthenticationParts _authentication;
    private readonly ConnectHandlers _connects;
    private readonly RegistryLinks _links = new();
    private readonly ServerState _state = new();
    private readonly AuditParts _audit;
    private readonly TracingParts _tracing;
    private readonly ShutdownFilter? _shutdown;
    private AuthorizationParts? _authorization;
    private FlowController? _flows;
    private KubernetesService? _kubernetes;
    private EventBroadcaster? _events;
    private RequestPipeline? _pipeline;
    private readonly List<Task> _upkeep = [];

    public ApiServerParts(ApiServerOptions options)
    {
        _options = options;
        _logger = options.Logging.CreateLogger("kube-apiserver");
        _feed = new StoreFeed(options.Store, options.Time);
        Objects = new CatalogObjectSource(() => _links.Catalog);
        _addresses = new ServiceAddresses(_links, Objects, options.ServiceNetworks, options.Time);
        _nodePorts = new NodePorts(options.Store, options.FirstNodePort, options.LastNodePort);
        _authentication = new AuthenticationParts(options.Authentication, Objects, options.Time, options.Metrics, options.Logging);
        _connects = new ConnectHandlers(Objects, options.KubeletClient);
        _links.Catalog = new ResourceCatalog(BuiltInResources.Build(Special()), _feed, options.Store, options.Time, options.Metrics);
        _audit = new AuditParts(options.Audit, () => _links.Catalog, options.Time, options.Metrics, _logger);
        _tracing = new TracingParts(options.Tracing);
        _shutdown = options.ShutdownSendsRetryAfter ? new ShutdownFilter() : null;
        ProcessMetrics.AddTo(options.Metrics);
        StorageSize.AddTo(options.Metrics, options.Store);
        ObjectCounts.AddTo(options.Metrics, Catalog);
    }

    public RequestPipeline Pipeline => _pipeline ?? throw new InvalidOperationException("the API server is not started");

    public IObjectSource Objects { get; }

    public ResourceCatalog Catalog => _links.Catalog;

    /// <summary>Fills the caches and builds the pipeline; nothing can be read before.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Catalog.Storages.Select(storage => storage.Cache.LoadAsync(cancellationToken)));
        _authorization = new AuthorizationParts(_options.Authorization, Objects);
        _links.Writer = new RegistryWriter(new AdmissionChain(Plugins(_authorization), new AdmissionMetrics(_options.Metrics, _options.Time)));
        _flows = new FlowController(Objects, _options.MaximumRequests, new FlowMetrics(_options.Metrics), _options.Time);
        _pipeline = new RequestPipeline([.. Filters(_authorization.Authorizer)], Dispatcher().InvokeAsync);
        _state.IsLoaded = true;
        _state.Steps.Done(StartSteps.FlowControl);
    }

    /// <summary>Makes the system's own objects and reports ready.</summary>
    public async Task StartAsync(ApiClient client, Uri? address, CancellationToken cancellationToken)
    {
        var steps = _state.Steps;
        var flows = new FlowControlObjects(client, _options.Time, _logger);
        await Task.WhenAll(
            new SystemObjects(client).EnsureAsync(cancellationToken),
            new DefaultServiceCIDR(client, _options.ServiceNetworks, _options.Time).EnsureAsync(cancellationToken),
            flows.TryEnsureAsync(cancellationToken));
        steps.Done(StartSteps.SystemNamespaces, StartSteps.PriorityClasses, StartSteps.ServiceNetworks, StartSteps.FlowControlObjects);
        _upkeep.Add(flows.RunAsync(_stopping.Token));
        await StartRepairAsync(client, cancellationToken);
        steps.Done(StartSteps.ServiceRepair);
        if (_options.Authorization.EnsureDefaultPolicy)
        {
            await new PolicyReconciler(new LoopbackPolicyStore(client)).ReconcileAsync(cancellationToken);
        }
        steps.Done(StartSteps.Roles);
        var trust = new AuthenticationConfigMap(client);
        await trust.EnsureAsync(_options.Authentication, cancellationToken);
        _upkeep.Add(new AuthorityRenewal(_authentication.Authorities, stop => trust.EnsureAsync(_options.Authentication, stop), _options.Time, _logger).RunAsync(_stopping.Token));
        await new LegacyTokenTracking(client, _options.Time).EnsureAsync(cancellationToken);
        _upkeep.Add(_authentication.SecretTokenUses.RunAsync(client, _logger, _stopping.Token));
        steps.Done(StartSteps.AuthenticationInfo, StartSteps.LegacyTokenTracking);
        if (AdvertisedAddress() is { } advertised && address is not null)
        {
            await AnnounceAsync(client, advertised, address.Port, cancellationToken);
        }
        _upkeep.Add(new FlowSchemaConditions(Objects, client, _options.Time, _logger).RunAsync(_stopping.Token));
        steps.Done(StartSteps.Bootstrap, StartSteps.IdentityLease, StartSteps.IdentityCleanup);
    }

    /// <summary>Not ready any more: who balances load should look elsewhere. Requests are still served.</summary>
    public void BeginStopping() => _state.IsStopping = true;

    /// <summary>Completes when what was begun is finished, where new requests are refused meanwhile.</summary>
    public Task FinishAsync() => _shutdown?.FinishAsync() ?? Task.CompletedTask;

    /// <summary>Ends the watches and streams.</summary>
    public async Task StopAsync()
    {
        await (_kubernetes?.EndAsync(CancellationToken.None) ?? Task.CompletedTask);
        await _stopping.CancelAsync();
        await Task.WhenAll(_upkeep);
        await (_events?.DisposeAsync() ?? default);
        await _audit.StopAsync();
    }

    private async Task AnnounceAsync(ApiClient client, IPAddress advertised, int port, CancellationToken cancellationToken)
    {
        var leases = new EndpointLeases(_options.Store, advertised);
        _kubernetes = new KubernetesService(client, leases, _addresses.First, port, _options.Time, _logger);
        var identity = new IdentityLease(client, Environment.MachineName, _options.Time, _logger);
        await _kubernetes.TryReconcileAsync(cancellationToken);
        await identity.TryRenewAsync(cancellationToken);
        _upkeep.AddRange([_kubernetes.RunAsync(_stopping.Token), identity.RunAsync(_stopping.Token)]);
    }

    public void Dispose()
    {
        _flows?.Dispose();
        _audit.Dispose();
        _tracing.Dispose();
        _authorization?.Dispose();
        _connects.Dispose();
        _feed.Dispose();
        _stopping.Dispose();
    }

    /// <summary>What Services hold is theirs before anybody can ask for more.</summary>
    private async Task StartRepairAsync(ApiClient client, CancellationToken cancellationToken)
    {
        _events = new EventBroadcaster(client, _options.Time, _options.Logging);
        var repair = new ServiceRepair(
            Objects, _addresses, _nodePorts, _events.Recorder("service-allocation-repair-controller"), _options.Time, _logger);
        await repair.TryRepairAsync(cancellationToken);
        _upkeep.Add(repair.RunAsync(_stopping.Token));
    }

    private IEnumerable<ResourceDescriptor> Special() =>
    [
        .. CoreResources.All(_links, new ServiceAllocator(_addresses, _nodePorts, new ServiceAllocationMetrics(_options.Metrics, _addresses, _nodePorts)), _authentication.TokenRequests, _connects, _options.EventLife), .. AppsResources.All(), .. BatchResources.All(),
        .. NetworkingResources.All(), .. RbacResources.All(), .. StorageResources.All(), .. OtherResources.All(),
        .. ReviewResources.Build(_authentication, () => _authorization!),
        new ComponentStatuses(_options.Store, _options.ComponentProbes).Resource,
        .. _options.ComputedResources.Select(computed =>
            new ResourceDescriptor(computed.Kind, GenericStrategy.Instance) { Computed = _ => ValueTask.FromResult(computed.List()) }),
    ];

    private IReadOnlyList<AdmissionPlugin> Plugins(AuthorizationParts authorization) =>
        AdmissionPlugins.Build(_options, Objects, _links, authorization);

    private IEnumerable<IRequestFilter> Filters(IAuthorizer authorizer) =>
    [
        new PanicGuard(_logger, _options.TransportSecurity),
        .. _shutdown is { } shutdown ? [shutdown] : Array.Empty<IRequestFilter>(),
        .. _options.GoawayChance > 0 ? [new GoawayFilter(_options.GoawayChance, Random.Shared)] : Array.Empty<IRequestFilter>(),
        .. _options.AllowedOrigins.Count > 0 ? [new CorsFilter(_options.AllowedOrigins)] : Array.Empty<IRequestFilter>(),
        new RequestInfoFilter(),
        _tracing.Filter,
        new MetricsFilter(_options.Metrics, _options.Time),
        new DeadlineFilter(_options.Time, _options.RequestTimeout, _options.WatchTerminationGrace, _stopping.Token),
        new BodyLimitFilter(),
        .. _audit.BeforeAuthentication,
        new AuthenticationFilter(_authentication.Requests, _options.Metrics, _options.Time),
        .. _audit.AfterAuthentication,
        new ImpersonationFilter(new Impersonation(authorizer)),
        new FlowControlFilter(_flows!, new RequestWidth(Catalog), _options.Time, _options.RequestTimeout / 4),
        new AuthorizationFilter(authorizer, new AuthorizationMetrics(_options.Metrics, _options.Time)),
    ];

    private Dispatcher Dispatcher()
    {
        var time = _options.Time;
        var writes = new WriteVerbs(_links.Writer, time);
        var subresources = new SubresourceVerbs(Catalog, writes, new ScaleVerbs(Catalog, _links.Writer, time), _links.Writer, time);
        var resources = new ResourceEndpoint(Catalog, writes, new WatchVerb(time, _options.MinimumWatchDuration, _options.Metrics), subresources, new Deprecations(_options.Metrics));
        ServedResource[] served = [.. Catalog.All.Select(resource => ServedResource.Of(resource.Kind, resource.Review is null ? resource.StorageKind : null))];
        // The documents are large and only kubectl asks for them.
        var openApi = new Lazy<OpenApiEndpoint>(() => new OpenApiEndpoint(new OpenApiSnapshot(served), time));
        var discovery = new DiscoveryEndpoint(new DiscoverySnapshot(served, ServerAddress()));
        var paths = new ServerPaths(_options, _authentication.OpenId, _state, _flows!, () => discovery.Paths.Concat(OpenApiEndpoint.Paths), _logger).Build();
        return new Dispatcher(resources, paths, discovery, openApi);
    }

    private string ServerAddress() => $"{AdvertisedAddress() ?? IPAddress.Loopback}:{_options.Listen?.Port ?? 0}";

    private IPAddress? AdvertisedAddress() =>
        _options.AdvertiseAddress ?? (_options.Listen is { } listen ? LocalAddress.Reachable(listen.Address) : null);
}
