using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sampan.Client.Informers;

/// <summary>Hands out one shared informer per kind and scope, and runs them all.</summary>
public sealed class InformerFactory(ApiClient client, TimeProvider time, ILoggerFactory? logs = null) : IAsyncDisposable
{
    private readonly ILogger _log = (logs ?? NullLoggerFactory.Instance).CreateLogger("Informers");
    private readonly Lock _lock = new();
    private readonly Dictionary<(Type, GroupVersionResource, InformerScope), (IInformer Informer, CancellationTokenSource Stop)> _informers = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _started;

    public ApiClient Client => client;

    /// <summary>The shared informer of a kind; an empty scope is the whole cluster.</summary>
    public Informer<T> For<T>(string? ns = null, string? fieldSelector = null, string? labelSelector = null)
        where T : class, IObject<T> => Shared(client.Of<T>(), new InformerScope(ns, fieldSelector, labelSelector));

    public Informer<JsonObject> Dynamic(GroupVersionResource resource, string? ns = null) =>
        Shared(client.Dynamic(resource), new InformerScope(ns));

    /// <summary>An informer that knows metadata only.</summary>
    public Informer<PartialObject> Metadata(GroupVersionResource resource) => Shared(client.Metadata(resource), InformerScope.All);

    /// <summary>Stops and forgets a metadata informer, once its resource is not served any more.</summary>
    public void DropMetadata(GroupVersionResource resource)
    {
        lock (_lock)
        {
            if (_informers.Remove((typeof(PartialObject), resource, InformerScope.All), out var entry)) entry.Stop.Cancel();
        }
    }

    /// <summary>
    /// Runs all informers, also those that are asked for later, and waits until all known ones have their first list.
    /// The token cancels only that wait; <see cref="DisposeAsync"/> stops the informers.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_started)
            {
                _started = true;
                foreach (var (informer, stop) in _informers.Values) Run(informer, stop.Token);
            }
        }

        await WaitForSyncAsync(cancellationToken);
    }

    public Task WaitForSyncAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.WhenAll(_informers.Values.Select(i => i.Informer.WaitForSyncAsync(cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_lock) running = [.. _running];
        await Task.WhenAll(running);
    }

    private Informer<T> Shared<T>(ResourceClient<T> resource, InformerScope scope)
        where T : class
    {
        lock (_lock)
        {
            var key = (typeof(T), resource.Resource, scope);
            if (_informers.TryGetValue(key, out var known)) return (Informer<T>)known.Informer;
            var informer = new Informer<T>(resource, scope, time, _log);
            var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            _informers[key] = (informer, stop);
            if (_started) Run(informer, stop.Token);
            return informer;
        }
    }

    private void Run(IInformer informer, CancellationToken cancellationToken) =>
        _running.Add(Task.Run(() => informer.RunAsync(cancellationToken), CancellationToken.None));
}
