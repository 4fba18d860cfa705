using Microsoft.Extensions.Logging;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.LeaderElection;
using Sampan.Client.Metrics;
using Sampan.Scheduler.Bindings;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler;

/// <summary>kube-scheduler: puts each pod that has no node on the best one.</summary>
public sealed class KubeScheduler(ApiClient client, SchedulerOptions options, TimeProvider time, MetricRegistry metrics, ILoggerFactory logs) : IComponent
{
    private readonly ILogger _log = logs.CreateLogger("kube-scheduler");
    private readonly InformerFactory _informers = new(client, time, logs);
    private readonly EventBroadcaster _events = new(client, time, logs);
    private readonly SchedulerMetrics _metrics = new(metrics, time);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new();
    private Task _running = Task.CompletedTask;

    public string Name => "kube-scheduler";

    public Task Completion => _ended.Task;

    public Task StartAsync(CancellationToken ct)
    {
        _running = RunAsync();
        return Task.CompletedTask;
    }

    /// <summary>A scheduler that waits to lead is as ready as one that leads.</summary>
    public Task ReadyAsync(CancellationToken ct) =>
        options.LeaderElection is null ? _informers.WaitForSyncAsync(ct) : Task.CompletedTask;

    public async Task StopAsync(CancellationToken ct)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _informers.DisposeAsync();
        await _events.DisposeAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            if (options.LeaderElection is { } election) await new LeaderElector(client, election, time, _log).RunAsync(LeadAsync, _stopping.Token);
            else await LeadAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
            return;
        }
        if (!_stopping.IsCancellationRequested) _ended.TrySetException(new InvalidOperationException("leader election lost"));
    }

    private async Task LeadAsync(CancellationToken ct)
    {
        var events = _events.Recorder(options.Profiles[0].SchedulerName);
        var loop = new SchedulerLoop(options, new ApiBinder(client, events, time, _log, ct), time, _log, _metrics, Random.Shared);
        var nodes = _informers.For<Node>();
        var pods = _informers.For<Pod>(fieldSelector: "status.phase!=Succeeded,status.phase!=Failed");
        using var nodeChanges = nodes.Subscribe(loop.NodeChanged);
        using var podChanges = pods.Subscribe(loop.PodChanged);
        using var services = _informers.For<Service>().Subscribe((old, current) => loop.WorkloadsChanged(w => w.SetService(old, current)));
        using var replicaSets = _informers.For<ReplicaSet>().Subscribe((old, current) => loop.WorkloadsChanged(w => w.SetReplicaSet(old, current)));
        using var statefulSets = _informers.For<StatefulSet>().Subscribe((old, current) => loop.WorkloadsChanged(w => w.SetStatefulSet(old, current)));
        using var controllers = _informers.For<ReplicationController>().Subscribe((old, current) => loop.WorkloadsChanged(w => w.SetReplicationController(old, current)));
        var connections = Connect(new PluginContext
        {
            Client = client,
            Informers = _informers,
            Events = events,
            Time = time,
            Log = _log,
            Post = loop.Post,
            Move = loop.Move,
            RejectWaiting = loop.RejectWaiting,
            Stopping = ct,
        });
        await _informers.StartAsync(ct);
        try
        {
            await Task.Run(() => loop.RunAsync(ct), ct);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private List<IDisposable> Connect(PluginContext context) =>
        [.. options.Profiles.SelectMany(p => p.Plugins).Distinct().OfType<IConnectedPlugin>().Select(plugin => plugin.Connect(context))];
}
