using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Network.Host;
using Sampan.Network.Routes;

namespace Sampan.Network;

/// <summary>
/// Leads from this node to the pods of all others: over the other node itself where both share a link, else through a VXLAN
/// tunnel. The routes stay when the process stops; <see cref="CleanupAsync"/> takes them away.
/// </summary>
public sealed class NodeRoutes : IComponent
{
    internal const string DefaultDevice = "sampan-vxlan";
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private readonly NodeRoutesOptions _options;
    private readonly Informer<Node> _nodes;
    private readonly RouteSync _sync;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _signal = new(1, 1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _subscription;
    private Task _running = Task.CompletedTask;

    public NodeRoutes(NodeRoutesOptions options)
    {
        _options = options;
        _nodes = options.Informers.For<Node>();
        _log = options.Logs.CreateLogger("NodeRoutes");
        _sync = new RouteSync(options.Host, DefaultDevice, _log);
    }

    public string Name => "node-routes";

    /// <summary>Why the routes are not as they should be; null when they are.</summary>
    public string? Problem { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = _nodes.Subscribe((old, current) =>
        {
            if (Peer(old) != Peer(current)) Wake();
        });
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _subscription?.Dispose();
        _stop.Dispose();
        _signal.Dispose();
    }

    /// <summary>Removes the routes and the tunnel from this host.</summary>
    public static Task CleanupAsync(CancellationToken cancellationToken) =>
        new RouteSync(new LinuxHost(), DefaultDevice, NullLogger.Instance).RemoveAsync(cancellationToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await _nodes.WaitForSyncAsync(cancellationToken);
        while (true)
        {
            await _signal.WaitAsync(CheckInterval, cancellationToken);
            if (await TrySyncAsync(cancellationToken)) continue;
            await Task.Delay(Retry, _options.Time, cancellationToken);
            Wake();
        }
    }

    private async Task<bool> TrySyncAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Without its own address and pods a node cannot be an end of a tunnel; it will learn both.
            if (Peer(_nodes.Get(null, _options.NodeName)) is { } self)
            {
                var peers = _nodes.List().Where(n => n.Metadata.Name != _options.NodeName && !_options.IsWithoutMachine(n));
                await _sync.SyncAsync(self, [.. peers.Select(Peer).OfType<NodePeer>()], cancellationToken);
                _ready.TrySetResult();
            }
        }
        catch (HostCommandException e)
        {
            Problem = e.Message;
            _log.LogError("The routes to other nodes are incomplete: {Problem}", e.Message);
            return false;
        }

        Problem = null;
        return true;
    }

    private static NodePeer? Peer(Node? node) => node is null ? null : NodePeer.Of(node);

    private void Wake()
    {
        lock (_signal)
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
    }
}
