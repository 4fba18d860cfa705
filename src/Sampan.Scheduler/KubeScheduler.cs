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
    private readonly Gauge _isLeader = metrics.Gauge("leader_election_master_status", "Whether this process leads: 1 or 0.", "name");
    private volatile Informer<Pod>? _pods;
    private volatile bool _isLeading;
    private volatile bool _isSynced;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new();
    private Task _running = Task.CompletedTask;

    public string Name => "kube-scheduler";

    public Task Completion => _ended.Task;

    /// <summary>Why it should be restarted; null while it does what it should.</summary>
    public string? Problem => _ended.Task.IsFaulted ? _ended.Task.Exception.InnerException!.Message : null;

    /// <summary>Why it can't schedule yet; null when it can, and when another one leads.</summary>
    public string? WhyNotReady => _isLeading && !_isSynced ? "waiting for handlers to sync" : null;

    /// <summary>What pods ask for, in the form of metrics; nothing while another one leads.</summary>
    public string ResourceMetrics => _isLeading && _pods is { } pods ? PodResourceMetrics.Render(pods.List()) : "";

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
            if (options.LeaderElection is { } election) await new LeaderElector(client, election, time, _log, null, metrics).RunAsync(LeadAsync, _stopping.Token);
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
        SetLeading(true);
        var recorders = options.Profiles.ToDictionary(profile => profile.SchedulerName, profile => _events.Recorder(profile.SchedulerName));
        var events = recorders[options.Profiles[0].SchedulerName];
        var loop = new SchedulerLoop(options, new ApiBinder(client, recorders, time, _log, ct), time, _log, _metrics, Random.Shared);
        var nodes = _informers.For<Node>();
        var pods = _informers.For<Pod>(fieldSelector: "status.phase!=Succeeded,status.phase!=Failed");
        _pods = pods;
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
            Activate = loop.Activate,
            Recheck = loop.Recheck,
            PreemptPending = loop.PreemptPending,
            Metrics = _metrics,
            Stopping = ct,
        });
        await _informers.StartAsync(ct);
        _isSynced = true;
        try
        {
            await Task.Run(() => loop.RunAsync(ct), ct);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
            SetLeading(false);
        }
    }

    private void SetLeading(bool isLeading)
    {
        _isLeading = isLeading;
        if (options.LeaderElection is { } election) _isLeader.With(election.LeaseName).Set(isLeading ? 1 : 0);
    }

    private List<IDisposable> Connect(PluginContext context) =>
        [.. options.Profiles.SelectMany(p => p.Plugins).Distinct().OfType<IConnectedPlugin>().Select(plugin => plugin.Connect(context))];
}
