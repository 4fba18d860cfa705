using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Node.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.References;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.Kubelet.Parts;

/// <summary>What the kubelet knows from the API server, and tells it in events.</summary>
internal sealed class ApiParts : IAsyncDisposable
{
    private static readonly TimeSpan ReferenceLifetime = TimeSpan.FromMinutes(1);

    private readonly KubeletOptions _options;
    private readonly EventBroadcaster _broadcaster;
    private readonly IReferences<ConfigMap> _maps;
    private readonly IReferences<Secret> _secrets;

    public ApiParts(KubeletOptions options, ILogger logger)
    {
        _options = options;
        _broadcaster = new EventBroadcaster(options.Client, options.Time, options.Logs);
        Events = new PodEvents(_broadcaster.Recorder("kubelet", options.NodeName), options.NodeName, logger);
        Informers = new InformerFactory(options.Client, options.Time, options.Logs);
        Pods = Informers.For<Pod>(fieldSelector: $"spec.nodeName={options.NodeName}");
        NodeInformer = Informers.For<Node>(fieldSelector: $"metadata.name={options.NodeName}");
        Csi = new CsiApi(options.Client, options.NodeName, Informers.For<CSIDriver>(), NodeInformer);
        var classes = Informers.For<RuntimeClass>();
        RuntimeClasses = new RuntimeClasses(name => classes.Get(null, name));
        _maps = References<ConfigMap>(map => map.Immutable == true, logger);
        _secrets = References<Secret>(secret => secret.Immutable == true, logger);
        Bundles = new TrustBundles(options.Client, options.Time, logger);
        Objects = new ApiPodObjects(options.Client, Informers.For<Service>(), _maps, _secrets);
    }

    public IPodEvents Events { get; }

    public InformerFactory Informers { get; }

    /// <summary>The pods of this node.</summary>
    public Informer<Pod> Pods { get; }

    public Informer<Node> NodeInformer { get; }

    public CsiApi Csi { get; }

    public RuntimeClasses RuntimeClasses { get; }

    public TrustBundles Bundles { get; }

    public ApiPodObjects Objects { get; }

    /// <summary>This node as it was last heard of.</summary>
    public Node? Node() => NodeInformer.Get(null, _options.NodeName);

    /// <summary>This node as the API server has it now; null where it does not answer.</summary>
    public async Task<Node?> AskNodeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _options.Client.Of<Node>().FindAsync(null, _options.NodeName, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _broadcaster.DisposeAsync();
        await _maps.DisposeAsync();
        await _secrets.DisposeAsync();
        await Bundles.DisposeAsync();
    }

    /// <summary>A simulated node has no volumes to keep fresh, and there may be thousands of them.</summary>
    private IReferences<T> References<T>(Func<T, bool> isImmutable, ILogger logger)
        where T : class, IObject<T> => _options.IsSimulated ? new CachedReferences<T>(_options.Client, ReferenceLifetime, _options.Time) : _options.Configuration.ConfigMapAndSecretChangeDetectionStrategy switch
    {
        "Get" => new CachedReferences<T>(_options.Client, TimeSpan.Zero, _options.Time),
        "Cache" => new CachedReferences<T>(_options.Client, ReferenceLifetime, _options.Time),
        _ => new WatchedReferences<T>(_options.Client, isImmutable, _options.Time, logger),
    };
}
