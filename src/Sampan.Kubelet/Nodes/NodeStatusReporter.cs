using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Nodes;

/// <summary>Registers the node and keeps its status current: soon when something changed, else every few minutes.</summary>
internal sealed class NodeStatusReporter(
    KubeletOptions options, NodeDescription description, NodeRegistration registration, NodeHealth health, NodePressure pressure, Func<IReadOnlyList<string>> volumesInUse, IPodEvents events, NodeMetrics metrics, ILogger logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan HealthCheckInterval = TimeSpan.FromMilliseconds(50);
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _wake = new(0);
    private List<NodeCondition> _conditions = [];
    private volatile NodeStatus? _seen;
    private volatile Node? _mislabeled;
    private volatile NodeStatus? _own;
    private bool _isNewMachine;
    private bool _isUnschedulable;
    private IReadOnlyList<NodeCondition> _told = [];
    private volatile JsonObject? _sent;
    private long _sentAt;

    /// <summary>Completes once the API server knows the node.</summary>
    public Task Registered => _registered.Task;

    /// <summary>Completes once the node was reported ready.</summary>
    public Task Ready => _ready.Task;

    private bool IsReady => _conditions.Exists(c => c is { Type: NodeConditions.Ready, Status: "True" });

    /// <summary>Something changed that the status tells of.</summary>
    public void Poke() => _wake.Release();

    /// <summary>
    /// The controller that missed this node may say that nobody knows how it is: it learns it at once, although nothing changed here. An
    /// operator may say that the node has more than the kubelet knows of.
    /// </summary>
    public void SawOwnNode(Node? node)
    {
        (_seen, _mislabeled) = (node?.Status, node is not null && registration.IsMislabeled(node) ? node : null);
        if (node is null)
        {
            return;
        }

        if (node.Spec.Unschedulable != _isUnschedulable)
        {
            _isUnschedulable = node.Spec.Unschedulable;
            Tell(_isUnschedulable ? "NodeNotSchedulable" : "NodeSchedulable");
        }

        if (node.Status.Conditions.OrEmpty().Any(c => c is { Type: NodeConditions.Ready, Status: "Unknown" }))
        {
            _sent = null;
            Poke();
        }
        else if (_own is { Capacity: { } own } && OperatorResources.AreNews(node.Status, own))
        {
            Poke();
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RegisterAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReportAsync(cancellationToken);
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException)
            {
                logger.LogWarning("Could not update the status of node {Node}: {Error}", options.NodeName, e.Message);
                _sent = null;
                if (e is StatusException { IsNotFound: true })
                {
                    await RegisterAsync(cancellationToken);
                }
            }

            await WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// A node that is not ready asks its runtime often, since everybody waits for it: it is reported as soon as nothing is
    /// wrong any more, above all when the network's configuration has appeared.
    /// </summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_sent is null)
        {
            await WakeWithinAsync(FirstRetry, cancellationToken);
            return;
        }

        var since = options.Time.GetTimestamp();
        var pause = IsReady ? options.Configuration.NodeStatusUpdateFrequency.ToTimeSpan() : HealthCheckInterval;
        while (!await WakeWithinAsync(pause, cancellationToken) && options.Time.GetElapsedTime(since) < options.Configuration.NodeStatusUpdateFrequency.ToTimeSpan())
        {
            if ((await health.ProblemsAsync(cancellationToken)).Count == 0)
            {
                return;
            }
        }
    }

    /// <returns>Whether it was poked; false when time passed or the kubelet ends.</returns>
    private async Task<bool> WakeWithinAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(time, options.Time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        await _wake.WaitAsync(joined.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return !timer.IsCancellationRequested;
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var wait = FirstRetry;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RegisterOnceAsync(cancellationToken);
                _registered.TrySetResult();
                return;
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException)
            {
                logger.LogWarning("Could not register node {Node}: {Error}", options.NodeName, e.Message);
                await Task.Delay(wait, options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
            }
        }
    }

    private async Task RegisterOnceAsync(CancellationToken cancellationToken)
    {
        metrics.Registers();
        if (await registration.FindAsync(cancellationToken) is { } known)
        {
            (_seen, _isNewMachine) = (known.Status, description.KnowsNoDevices);
            _conditions = [.. known.Status.Conditions.OrEmpty()];
            _told = _conditions;
            TellReboot(known.Status.NodeInfo.BootID);
            await registration.RestoreAsync(known, cancellationToken);
        }
        else if (options.Configuration.RegisterNode)
        {
            var status = await StatusAsync(cancellationToken);
            await registration.CreateAsync(status, cancellationToken);
            _told = [.. _conditions.Where(c => c.Type == NodeConditions.Ready)];
            metrics.RegisteredNew();
        }
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        if (_mislabeled is { } node)
        {
            await registration.RestorePlatformAsync(node, cancellationToken);
        }

        var status = await StatusAsync(cancellationToken);
        var tree = JsonNode.Parse(JsonCodec.Encode(status))!.AsObject();
        registration.StateAddresses(tree);
        // Stated even when there are none, to take back what was stated before.
        tree["volumesInUse"] = volumesInUse() is { Count: > 0 } inUse ? new JsonArray([.. inUse.Select(v => (JsonNode?)v)]) : null;
        if (_seen is { } seen)
        {
            OperatorResources.Complete(tree, seen, _isNewMachine);
        }

        var comparable = WithoutHeartbeats(tree);
        if (_sent is not null && JsonNode.DeepEquals(_sent, comparable) && !IsDue(status))
        {
            return;
        }

        await options.Client.Of<Node>().PatchAsync(null, options.NodeName, Patch.StrategicMerge(new JsonObject { ["status"] = tree }), "status", cancellationToken);
        (_sent, _sentAt, _own, _isNewMachine) = (comparable, options.Time.GetTimestamp(), status, false);
        TellChanges();
    }

    /// <summary>An unchanged status is sent again every few minutes, and when somebody else has written over it; that what was sent is seen takes a moment.</summary>
    private bool IsDue(NodeStatus status)
    {
        var age = options.Time.GetElapsedTime(_sentAt);
        return age >= options.Configuration.NodeStatusReportFrequency.ToTimeSpan()
            || (age >= options.Configuration.NodeStatusUpdateFrequency.ToTimeSpan() / 2 && _seen is { } seen && !SentStatus.IsKept(status, seen));
    }

    private void TellReboot(string before)
    {
        if (before.Length > 0 && before != HostFacts.BootId() && !options.IsSimulated)
        {
            events.Node(EventReasons.Warning, EventReasons.Rebooted, $"Node {options.NodeName} has been rebooted, boot id: {HostFacts.BootId()}");
        }
    }

    private void TellChanges()
    {
        foreach (var reason in NodeConditions.Changes(_told, _conditions))
        {
            Tell(reason);
        }

        _told = _conditions;
        if (IsReady)
        {
            metrics.Ready();
            _ready.TrySetResult();
        }
    }

    private void Tell(string reason) => events.Node(EventReasons.Normal, reason, $"Node {options.NodeName} status is now: {reason}");

    private static JsonObject WithoutHeartbeats(JsonObject status)
    {
        var copy = status.DeepClone().AsObject();
        foreach (var condition in copy["conditions"]!.AsArray())
        {
            condition!.AsObject().Remove("lastHeartbeatTime");
        }

        return copy;
    }

    private async Task<NodeStatus> StatusAsync(CancellationToken cancellationToken)
    {
        _conditions = NodeConditions.Create(await health.ProblemsAsync(cancellationToken), pressure.Has, _conditions, options.Time.GetUtcNow());
        var status = await description.ReadAsync(cancellationToken);
        status.Conditions = _conditions;
        return status;
    }
}
