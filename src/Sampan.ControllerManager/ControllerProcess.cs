using Sampan.Client.Events;
using Sampan.Client.LeaderElection;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager;

/// <summary>Runs controllers over shared caches; with election, while it leads.</summary>
public abstract class ControllerProcess : IComponent
{
    private readonly ControllerProcessOptions _options;
    private readonly ILogger _log;
    private readonly EventBroadcaster _events;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HealthServer? _health;
    private Task _running = Task.CompletedTask;

    private protected ControllerProcess(string name, ControllerProcessOptions options)
    {
        Name = name;
        _options = options;
        _log = options.Logs.CreateLogger(name);
        _events = new EventBroadcaster(options.Client, options.Time, options.Logs);
        if (options.Health is not null) ProcessMetrics.AddTo(options.Metrics);
    }

    public string Name { get; }

    public MetricRegistry Metrics => _options.Metrics;

    /// <summary>Completes when the manager has stopped; faults when it lost its lease, since another may lead now.</summary>
    public Task Completion => _ended.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Health is { } health)
        {
            _health = new HealthServer(health, Metrics, new HealthCheck("leaderElection", () => _ended.Task.IsFaulted ? "the lease was lost" : null));
            await _health.StartAsync(cancellationToken);
        }

        _running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>A manager that stands by for another one is ready too.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        _options.LeaderElection is null ? _ready.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
        await _events.DisposeAsync();
        if (_health is not null) await _health.StopAsync(cancellationToken);
    }

    /// <summary>The controllers to run, in the order in which they start.</summary>
    private protected abstract List<IComponent> Create(ControllerContext context);

    private async Task RunAsync()
    {
        try
        {
            if (_options.LeaderElection is { } election)
            {
                var elector = new LeaderElector(_options.Client, election, _options.Time, _log, _events.Recorder(Name), Metrics);
                Metrics.Gauge("leader_election_master_status", "1 while this process leads", "name").With(election.LeaseName).Observe(() => elector.IsLeader ? 1 : 0);
                await elector.RunAsync(LeadAsync, _stop.Token);
                if (!_stop.IsCancellationRequested) throw new InvalidOperationException("leader election lost");
            }
            else await LeadAsync(_stop.Token);

            _ended.TrySetResult();
        }
        catch (Exception e)
        {
            _log.LogError("{Process} ends: {Reason}", Name, e.Message);
            _ready.TrySetException(e);
            _ended.TrySetException(e);
        }
    }

    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        await using var informers = new InformerFactory(_options.Client, _options.Time, _options.Logs);
        var context = new ControllerContext(_options.Client, informers, _options.Time, _options.Logs, Metrics, _events);
        var controllers = Create(context);
        try
        {
            foreach (var controller in controllers) await controller.StartAsync(cancellationToken);
            await informers.StartAsync(cancellationToken);
            await Task.WhenAll(controllers.Select(c => c.ReadyAsync(cancellationToken)));
            _ready.TrySetResult();
            _log.LogInformation("{Count} controllers run", controllers.Count);
            await Task.Delay(Timeout.InfiniteTimeSpan, _options.Time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            foreach (var controller in Enumerable.Reverse(controllers)) await controller.StopAsync(CancellationToken.None);
        }
    }
}
