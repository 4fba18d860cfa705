using Sampan.Api.Core.V1;
using Sampan.Api.Metrics.V1Beta1;

namespace Sampan.ControllerManager.MetricsServer;

/// <summary>
/// What nodes and pods use now, for metrics.k8s.io: asks all kubelets, keeps their last two answers and makes rates of them.
/// Kubelets are asked often only while somebody wants to know, such as an autoscaler or <c>kubectl top</c>.
/// Upstream: kubernetes-sigs/metrics-server.
/// </summary>
public sealed class MetricsServer(MetricsServerOptions options) : IComponent
{
    private const int ScrapesAtOnce = 16;

    /// <summary>Whoever asked within this time will ask again.</summary>
    private static readonly TimeSpan WantedFor = TimeSpan.FromMinutes(2);

    private readonly ILogger _log = options.Logs.CreateLogger("MetricsServer");
    private readonly CancellationTokenSource _stop = new();
    private readonly UsageHistory _history = new(options.Time);
    private readonly HashSet<string> _silent = [];
    private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _askedAt;
    private InformerFactory? _informers;
    private Informer<Node>? _nodes;
    private Informer<Pod>? _pods;
    private Task _running = Task.CompletedTask;

    public string Name => "metrics-server";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var client = options.Client();
        _informers = new InformerFactory(client, options.Time, options.Logs);
        _nodes = _informers.For<Node>();
        _pods = _informers.For<Pod>();
        await _informers.StartAsync(cancellationToken);
        _running = Task.Run(() => RunAsync(new NodeScraper(client, options.Time)), CancellationToken.None);
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
        if (_informers is not null) await _informers.DisposeAsync();
    }

    /// <summary>The usage of each node that was measured.</summary>
    public IReadOnlyList<NodeMetrics> NodeMetrics()
    {
        Ask();
        return [.. (_nodes?.List() ?? []).Select(_history.Of).OfType<NodeMetrics>().OrderBy(m => m.Metadata.Name, StringComparer.Ordinal)];
    }

    /// <summary>The usage of each pod all of whose running containers were measured.</summary>
    public IReadOnlyList<PodMetrics> PodMetrics()
    {
        Ask();
        return [.. (_pods?.List() ?? []).Where(p => p.Status.Phase == "Running").Select(_history.Of).OfType<PodMetrics>()
            .OrderBy(m => m.Metadata.Namespace, StringComparer.Ordinal).ThenBy(m => m.Metadata.Name, StringComparer.Ordinal)];
    }

    private void Ask()
    {
        Interlocked.Exchange(ref _askedAt, options.Time.GetUtcNow().UtcTicks);
        _asked.TrySetResult();
    }

    private async Task RunAsync(NodeScraper scraper)
    {
        try
        {
            while (true)
            {
                await Parallel.ForEachAsync(
                    _nodes!.List().Where(HasKubelet).Select(n => n.Metadata.Name).ToList(),
                    new ParallelOptions { MaxDegreeOfParallelism = ScrapesAtOnce, CancellationToken = _stop.Token },
                    async (node, ct) => await ScrapeAsync(scraper, node, ct));
                _history.Keep(name => _nodes.Get("", name) is not null);
                await PauseAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Simulated nodes have no kubelet that listens.</summary>
    private static bool HasKubelet(Node node) =>
        node.Status.DaemonEndpoints.KubeletEndpoint?.Port > 0
        && node.Status.Conditions.OrEmpty().Any(c => c is { Type: "Ready", Status: "True" });

    private async ValueTask ScrapeAsync(NodeScraper scraper, string node, CancellationToken cancellationToken)
    {
        try
        {
            _history.Record(node, await scraper.ScrapeAsync(node, cancellationToken));
            lock (_silent) _silent.Remove(node);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or FormatException or TimeoutException)
        {
            bool isNew;
            lock (_silent) isNew = _silent.Add(node);
            if (isNew) _log.LogWarning("The kubelet of node {Node} gives no metrics: {Reason}", node, e.Message);
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.Interval, options.Time, cancellationToken);
        if (options.Time.GetUtcNow().UtcTicks - Interlocked.Read(ref _askedAt) < WantedFor.Ticks) return;
        var asked = _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(asked.Task, Task.Delay(options.IdleInterval - options.Interval, options.Time, rest.Token));
        await rest.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
