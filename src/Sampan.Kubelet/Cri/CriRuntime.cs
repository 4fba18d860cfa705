using System.Runtime.CompilerServices;
using Google.Protobuf;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Cri;

/// <summary>A container runtime behind a CRI socket: containerd, CRI-O and the like.</summary>
internal sealed partial class CriRuntime : IContainerRuntime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);
    private readonly TimeSpan _limit;
    private readonly GrpcChannel _channel;
    private readonly GrpcChannel _images;
    private readonly TimeProvider _time;
    private readonly KubeletMetrics? _metrics;

    /// <summary>Usage is asked for by one at a time: containerd before 1.6.22 dies when two of these calls meet in it (its pull request 8130).</summary>
    private readonly SemaphoreSlim _usage = new(1);

    /// <param name="endpoint">A Unix socket, as <c>unix:///run/containerd/containerd.sock</c> or as a plain path.</param>
    /// <param name="imageEndpoint">Another socket for images, where the runtime has one.</param>
    /// <param name="metrics">Counts the calls; null for nobody.</param>
    /// <param name="limit">How long the runtime may take for a call; null for upstream's two minutes.</param>
    public CriRuntime(string endpoint, TimeProvider time, string? imageEndpoint = null, KubeletMetrics? metrics = null, TimeSpan? limit = null)
    {
        (_time, _metrics, _limit) = (time, metrics, limit ?? TimeSpan.FromMinutes(2));
        _channel = GrpcChannel.ForUnixSocket(SocketPath(endpoint), time);
        _images = imageEndpoint is null ? _channel : GrpcChannel.ForUnixSocket(SocketPath(imageEndpoint), time);
    }

    public Task<VersionResponse> VersionAsync(CancellationToken cancellationToken) =>
        CallAsync(CriMethods.Version, new VersionRequest { Version = "0.1.0" }, cancellationToken);

    public Task<StatusResponse> StatusAsync(CancellationToken cancellationToken) =>
        CallAsync(CriMethods.Status, new StatusRequest(), cancellationToken);

    public async Task<string?> CgroupDriverAsync(CancellationToken cancellationToken) =>
        (await CallAsync(CriMethods.RuntimeConfig, new RuntimeConfigRequest(), cancellationToken)).Linux?.CgroupDriver switch
        {
            null => null,
            CgroupDriver.Systemd => Cgroups.CgroupDriver.Systemd,
            CgroupDriver.Cgroupfs => Cgroups.CgroupDriver.Cgroupfs,
            var other => $"{other:D}",
        };

    public Task UpdatePodCidrAsync(string podCidr, CancellationToken cancellationToken) =>
        CallAsync(
            CriMethods.UpdateRuntimeConfig,
            new UpdateRuntimeConfigRequest { RuntimeConfig = new() { NetworkConfig = new() { PodCidr = podCidr } } },
            cancellationToken);

    public async Task<string> RunPodSandboxAsync(PodSandboxConfig config, string runtimeHandler, CancellationToken cancellationToken)
    {
        var request = new RunPodSandboxRequest { Config = config, RuntimeHandler = runtimeHandler };
        return (await CallAsync(_channel, CriMethods.RunPodSandbox, request, _limit * 2, cancellationToken)).PodSandboxId;
    }

    public Task StopPodSandboxAsync(string sandboxId, CancellationToken cancellationToken) =>
        CallAsync(CriMethods.StopPodSandbox, new StopPodSandboxRequest { PodSandboxId = sandboxId }, cancellationToken);

    public Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancellationToken) =>
        CallAsync(CriMethods.RemovePodSandbox, new RemovePodSandboxRequest { PodSandboxId = sandboxId }, cancellationToken);

    public async Task<PodSandboxStatus> PodSandboxStatusAsync(string sandboxId, CancellationToken cancellationToken) =>
        (await CallAsync(CriMethods.PodSandboxStatus, new PodSandboxStatusRequest { PodSandboxId = sandboxId }, cancellationToken)).Status;

    public async Task<IReadOnlyList<PodSandbox>> ListPodSandboxesAsync(PodSandboxFilter filter, CancellationToken cancellationToken) =>
        (await CallAsync(CriMethods.ListPodSandbox, new ListPodSandboxRequest { Filter = filter }, cancellationToken)).Items;

    public async Task<string> CreateContainerAsync(
        string sandboxId, ContainerConfig config, PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var request = new CreateContainerRequest { PodSandboxId = sandboxId, Config = config, SandboxConfig = sandbox };
        return (await CallAsync(CriMethods.CreateContainer, request, cancellationToken)).ContainerId;
    }

    /// <summary>
    /// A start under way is given a while to end when the caller goes: a runtime whose call is taken back says that the container
    /// failed, which is the end of a pod that is not restarted.
    /// </summary>
    public async Task StartContainerAsync(string containerId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var leaving = cancellationToken.Register(() => patience.CancelAfter(StartPatience));
        await CallAsync(CriMethods.StartContainer, new StartContainerRequest { ContainerId = containerId }, patience.Token);
    }

    public Task StopContainerAsync(string containerId, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var request = new StopContainerRequest { ContainerId = containerId, Timeout = (long)Math.Ceiling(gracePeriod.TotalSeconds) };
        return CallAsync(_channel, CriMethods.StopContainer, request, gracePeriod + _limit, cancellationToken);
    }

    public Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken) =>
        CallAsync(CriMethods.RemoveContainer, new RemoveContainerRequest { ContainerId = containerId }, cancellationToken);

    public async Task<ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken) =>
        (await CallAsync(CriMethods.ContainerStatus, new ContainerStatusRequest { ContainerId = containerId }, cancellationToken)).Status;

    public async Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter filter, CancellationToken cancellationToken) =>
        (await CallAsync(CriMethods.ListContainers, new ListContainersRequest { Filter = filter }, cancellationToken)).Containers;

    public Task UpdateContainerResourcesAsync(
        string containerId, LinuxContainerResources resources, CancellationToken cancellationToken) =>
        CallAsync(
            CriMethods.UpdateContainerResources,
            new UpdateContainerResourcesRequest { ContainerId = containerId, Linux = resources },
            cancellationToken);

    public Task UpdatePodSandboxResourcesAsync(string sandboxId, LinuxContainerResources overhead, LinuxContainerResources resources, CancellationToken cancellationToken) =>
        CallAsync(
            CriMethods.UpdatePodSandboxResources,
            new UpdatePodSandboxResourcesRequest { PodSandboxId = sandboxId, Overhead = overhead, Resources = resources },
            cancellationToken);

    public Task CheckpointContainerAsync(string containerId, string location, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new CheckpointContainerRequest { ContainerId = containerId, Location = location, Timeout = (long)timeout.TotalSeconds };
        return CallAsync(_channel, CriMethods.CheckpointContainer, request, timeout > TimeSpan.Zero ? timeout : null, cancellationToken);
    }

    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken) =>
        CallAsync(CriMethods.ReopenContainerLog, new ReopenContainerLogRequest { ContainerId = containerId }, cancellationToken);

    public Task<ExecSyncResponse> ExecSyncAsync(
        string containerId, IEnumerable<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The runtime enforces the time-out itself and kills the command; ours only guards against a hung runtime.
        var request = new ExecSyncRequest { ContainerId = containerId, Timeout = (long)timeout.TotalSeconds, Cmd = { command } };
        return CallAsync(_channel, CriMethods.ExecSync, request, timeout > TimeSpan.Zero ? timeout + _limit : null, cancellationToken);
    }

    public async Task<Uri> ExecAsync(ExecRequest request, CancellationToken cancellationToken) =>
        new((await CallAsync(CriMethods.Exec, request, cancellationToken)).Url);

    public async Task<Uri> AttachAsync(AttachRequest request, CancellationToken cancellationToken) =>
        new((await CallAsync(CriMethods.Attach, request, cancellationToken)).Url);

    public async Task<Uri> PortForwardAsync(PortForwardRequest request, CancellationToken cancellationToken) =>
        new((await CallAsync(CriMethods.PortForward, request, cancellationToken)).Url);

    public async Task<IReadOnlyList<ContainerStats>> ListContainerStatsAsync(CancellationToken cancellationToken) =>
        (await UsageAsync(CriMethods.ListContainerStats, new ListContainerStatsRequest(), cancellationToken)).Stats;

    public async Task<PodSandboxStats> PodSandboxStatsAsync(string sandboxId, CancellationToken cancellationToken) =>
        (await UsageAsync(CriMethods.PodSandboxStats, new PodSandboxStatsRequest { PodSandboxId = sandboxId }, cancellationToken)).Stats;

    /// <summary>CRI's event stream where the runtime has it, else containerd's own.</summary>
    public async IAsyncEnumerable<RuntimeEvent> WatchEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = await VersionAsync(cancellationToken);
        if (version.RuntimeName == "containerd")
        {
            await foreach (var change in WatchContainerdAsync(cancellationToken))
            {
                yield return change;
            }

            yield break;
        }

        await foreach (var change in _channel.StreamAsync(CriMethods.GetContainerEvents, new GetEventsRequest(), cancellationToken))
        {
            yield return new RuntimeEvent(change.ContainerId);
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _images.Dispose();
    }

    private static string SocketPath(string endpoint) =>
        endpoint.StartsWith("unix://", StringComparison.Ordinal) ? endpoint["unix://".Length..] : endpoint;

    /// <summary>
    /// CRI tells of an end about when the ended task is deleted. Its exit, some 40 ms earlier, is of no use yet, and comes from the
    /// processes of exec probes as well.
    /// </summary>
    private async IAsyncEnumerable<RuntimeEvent> WatchContainerdAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Containerd.SubscribeRequest { Filters = { "topic==\"/tasks/delete\"" } };
        await foreach (var envelope in _channel.StreamAsync(CriMethods.ContainerdSubscribe, request, cancellationToken))
        {
            if (envelope.Namespace == "k8s.io" && envelope.Event is { } payload)
            {
                yield return new RuntimeEvent(Containerd.TaskEvent.Parser.WithDiscardUnknownFields(true).ParseFrom(payload.Value).ContainerId);
            }
        }
    }

    private async Task<TResponse> UsageAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        if (!await _usage.WaitAsync(_limit, cancellationToken))
            throw new RpcException(GrpcStatusCode.DeadlineExceeded, $"the runtime did not finish counting within {_limit}");
        try
        {
            return await CallAsync(method, request, cancellationToken);
        }
        finally
        {
            _usage.Release();
        }
    }

    private Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => CallAsync(_channel, method, request, _limit, cancellationToken);

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcChannel channel, GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? limit, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        var started = _time.GetTimestamp();
        var isFailed = true;
        try
        {
            var answer = await channel.CallAsync(method, request, limit, cancellationToken);
            isFailed = false;
            return answer;
        }
        finally
        {
            _metrics?.Operation(OperationName(method.Name), _time.GetElapsedTime(started), isFailed);
        }
    }

    /// <summary>As upstream names operations: <c>RunPodSandbox</c> → <c>run_podsandbox</c>.</summary>
    private static string OperationName(string method) =>
        string.Concat(method.Replace("PodSandbox", "Podsandbox", StringComparison.Ordinal).Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
