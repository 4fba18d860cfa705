using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Nodes;

/// <summary>Registers the node and keeps its status current: soon when something changed, else every few minutes.</summary>
internal sealed class NodeStatusReporter(
    KubeletOptions options, IContainerRuntime runtime, NodeHealth health, NodePressure pressure, Func<NodeFacts> facts, NodeCapacity capacity, DeviceManager devices, Func<IReadOnlyList<string>> volumesInUse, IPodEvents events, Func<int> port, ILogger logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan HealthCheckInterval = TimeSpan.FromMilliseconds(50);
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _wake = new(0);
    private List<NodeCondition> _conditions = [];
    private IReadOnlyList<NodeCondition> _told = [];
    private volatile JsonObject? _sent;
    private long _sentAt;

    /// <summary>Completes once the API server knows the node.</summary>
    public Task Registered => _registered.Task;

    /// <summary>Completes once the node was reported ready.</summary>
    public Task Ready => _ready.Task;

    private bool IsReady => _conditions.Exists(c => c is { Type: "Ready", Status: "True" });

    /// <summary>Something changed that the status tells of.</summary>
    public void Poke() => _wake.Release();

    /// <summary>
    /// The controller that missed this node says that nobody knows how it is. It learns it at once, although nothing changed here.
    /// </summary>
    public void SawOwnNode(Node? node)
    {
        if (node is null || !node.Status.Conditions.OrEmpty().Any(c => c is { Type: "Ready", Status: "Unknown" }))
        {
            return;
        }

        _sent = null;
        Poke();
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
        var known = await options.Client.Of<Node>().FindAsync(null, options.NodeName, cancellationToken);
        if (known is not null)
        {
            _conditions = [.. known.Status.Conditions.OrEmpty()];
            _told = _conditions;
            TellReboot(known.Status.NodeInfo.BootID);
            await RestoreLabelsAsync(known, cancellationToken);
            return;
        }

        if (!options.Configuration.RegisterNode)
        {
            return;
        }

        var taints = CloudTaint.Of(options).Concat(options.Configuration.RegisterWithTaints).ToList();
        var node = new Node
        {
            Metadata = new() { Name = options.NodeName, Labels = Labels(), Annotations = Annotations() },
            Spec = new() { ProviderID = options.Configuration.ProviderId is { Length: > 0 } id ? id : null, Taints = taints.Count > 0 ? taints : null },
            Status = await StatusAsync(cancellationToken),
        };
        await options.Client.Of<Node>().CreateAsync(node, cancellationToken);
    }

    /// <summary>Of a known node only the labels that the kubelet owns are set right; users' own stay.</summary>
    private async Task RestoreLabelsAsync(Node known, CancellationToken cancellationToken)
    {
        var missing = Labels().Where(l => known.Metadata.Labels.OrEmpty().GetValueOrDefault(l.Key) != l.Value).ToList();
        if (missing.Count > 0)
        {
            var labels = new JsonObject(missing.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value)));
            var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels } };
            await options.Client.Of<Node>().PatchAsync(null, options.NodeName, Patch.Merge(patch), cancellationToken);
        }
    }

    private Dictionary<string, string> Annotations()
    {
        var annotations = new Dictionary<string, string> { ["volumes.kubernetes.io/controller-managed-attach-detach"] = "true" };
        if (options is { HasExternalCloud: true, ProvidedNodeIP: { } address }) annotations["alpha.kubernetes.io/provided-node-ip"] = address;
        return annotations;
    }

    private Dictionary<string, string> Labels()
    {
        var labels = new Dictionary<string, string>(options.NodeLabels)
        {
            ["kubernetes.io/hostname"] = options.NodeName,
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/arch"] = HostFacts.Architecture(),
            ["beta.kubernetes.io/os"] = "linux",
            ["beta.kubernetes.io/arch"] = HostFacts.Architecture(),
        };
        return labels;
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        var status = await StatusAsync(cancellationToken);
        var tree = JsonNode.Parse(JsonCodec.Encode(status))!.AsObject();
        // Stated even when there are none, to take back what was stated before.
        tree["volumesInUse"] = volumesInUse() is { Count: > 0 } inUse ? new JsonArray([.. inUse.Select(v => (JsonNode?)v)]) : null;
        // Once the node is registered its addresses are the cloud's to say.
        if (options.HasExternalCloud) tree.Remove("addresses");
        var comparable = WithoutHeartbeats(tree);
        if (_sent is not null && JsonNode.DeepEquals(_sent, comparable) && options.Time.GetElapsedTime(_sentAt) < options.Configuration.NodeStatusReportFrequency.ToTimeSpan())
        {
            return;
        }

        await options.Client.Of<Node>().PatchAsync(null, options.NodeName, Patch.StrategicMerge(new JsonObject { ["status"] = tree }), "status", cancellationToken);
        (_sent, _sentAt) = (comparable, options.Time.GetTimestamp());
        TellChanges();
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
            events.Node(EventReasons.Normal, reason, $"Node {options.NodeName} status is now: {reason}");
        }

        _told = _conditions;
        if (IsReady)
        {
            _ready.TrySetResult();
        }
    }

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
        var (offered, usable) = devices.Quantities();
        return new NodeStatus
        {
            Capacity = capacity.Capacity.Concat(offered).ToDictionary(),
            Allocatable = capacity.Allocatable.Concat(usable).ToDictionary(),
            Conditions = _conditions,
            Addresses = [.. facts().Addresses.Select(a => new NodeAddress { Type = "InternalIP", Address = a }), new NodeAddress { Type = "Hostname", Address = options.NodeName }],
            DaemonEndpoints = new() { KubeletEndpoint = new() { Port = port() } },
            NodeInfo = await InfoAsync(cancellationToken),
            Images = await ImagesAsync(cancellationToken),
            RuntimeHandlers = Handlers(),
            Features = new() { SupplementalGroupsPolicy = health.Features?.SupplementalGroupsPolicy ?? false },
            DeclaredFeatures = DeclaredFeatures.Of(options.Configuration),
        };
    }

    private List<NodeRuntimeHandler>? Handlers() => health.Handlers.Count == 0 ? null : [.. health.Handlers.OrderBy(h => h.Name, StringComparer.Ordinal).Select(h => new NodeRuntimeHandler
    {
        Name = h.Name,
        Features = h.Features is { } f ? new() { RecursiveReadOnlyMounts = f.RecursiveReadOnlyMounts, UserNamespaces = f.UserNamespaces } : null,
    })];

    private async Task<NodeSystemInfo> InfoAsync(CancellationToken cancellationToken) => new()
    {
        MachineID = HostFacts.MachineId(),
        SystemUUID = HostFacts.SystemUuid(),
        BootID = HostFacts.BootId(),
        KernelVersion = HostFacts.KernelVersion(),
        OsImage = HostFacts.OsImage(),
        ContainerRuntimeVersion = await RuntimeVersionAsync(cancellationToken),
        KubeletVersion = options.Version,
        OperatingSystem = "linux",
        Architecture = HostFacts.Architecture(),
        Swap = HostFacts.SwapBytes() is > 0 and var swap ? new() { Capacity = swap } : null,
    };

    private async Task<string> RuntimeVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await runtime.VersionAsync(cancellationToken);
            return $"{version.RuntimeName}://{version.RuntimeVersion}";
        }
        catch (RpcException)
        {
            return $"{facts().RuntimeName}://unknown";
        }
    }

    private async Task<List<ContainerImage>?> ImagesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var images = await runtime.ListImagesAsync(cancellationToken);
            return [.. images.OrderByDescending(i => i.Size).Take(options.Configuration.NodeStatusMaxImages is >= 0 and var most ? most : int.MaxValue).Select(i => new ContainerImage
            {
                Names = [.. i.RepoDigests.Concat(i.RepoTags).Take(5)],
                SizeBytes = (long)i.Size,
            }).Where(i => i.Names!.Count > 0)];
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
