using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Kubelet.Simulated;

/// <summary>
/// Any number of nodes without machines: they register, renew leases and run pods that are nothing but their status. One
/// component serves them all with two watches, one timer and a few workers, so that a node costs little more than its object.
/// </summary>
public sealed class SimulatedNodes : IComponent
{
    private readonly SimulatedNodesOptions _options;
    private readonly InformerFactory _informers;
    private readonly DueWork _work;
    private readonly NodeRoster _roster;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _subscriptions = [];
    private Task _running = Task.CompletedTask;

    public SimulatedNodes(SimulatedNodesOptions options)
    {
        _options = options;
        _informers = new InformerFactory(options.Client, options.Time, options.Logs);
        _work = new DueWork(options.Parallelism, options.Time, options.Logs.CreateLogger("SimulatedNodes"));
        _roster = new NodeRoster(options, _work);
    }

    public string Name => "simulated-nodes";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var nodes = _informers.For<Node>();
        var pods = _informers.For<Pod>(fieldSelector: "spec.nodeName!=");
        await _informers.StartAsync(cancellationToken);
        _roster.Register(name => nodes.Get(null, name));
        _subscriptions.Add(nodes.Subscribe(_roster.Changed));
        _subscriptions.Add(pods.Subscribe(new PodSimulation(_options, _roster, pods, _work).Changed));
        _running = _work.RunAsync(_stop.Token);
    }

    /// <summary>Completes when all nodes are registered.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => _roster.Complete.WaitAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        foreach (var subscription in _subscriptions) subscription.Dispose();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _informers.DisposeAsync();
        _stop.Dispose();
    }
}
