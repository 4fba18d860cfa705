namespace Sampan.Kubelet.Runtime;

/// <summary>
/// What the kubelet asks of a container runtime, in CRI's own vocabulary. Failures are <see cref="Client.Grpc.RpcException"/>.
/// Two implementations: <see cref="Cri.CriRuntime"/> over a socket and <see cref="Simulated.SimulatedRuntime"/> in memory.
/// </summary>
internal interface IContainerRuntime : IImageService, IDisposable
{
    Task<Cri.VersionResponse> VersionAsync(CancellationToken cancellationToken);

    Task<Cri.StatusResponse> StatusAsync(CancellationToken cancellationToken);

    /// <summary>How it makes control groups; null where it does not say. Throws Unimplemented where it does not know the question.</summary>
    Task<string?> CgroupDriverAsync(CancellationToken cancellationToken);

    Task UpdatePodCidrAsync(string podCidr, CancellationToken cancellationToken);

    Task<string> RunPodSandboxAsync(Cri.PodSandboxConfig config, string runtimeHandler, CancellationToken cancellationToken);

    Task StopPodSandboxAsync(string sandboxId, CancellationToken cancellationToken);

    Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancellationToken);

    Task<Cri.PodSandboxStatus> PodSandboxStatusAsync(string sandboxId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Cri.PodSandbox>> ListPodSandboxesAsync(Cri.PodSandboxFilter filter, CancellationToken cancellationToken);

    Task<string> CreateContainerAsync(
        string sandboxId, Cri.ContainerConfig config, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken);

    Task StartContainerAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Sends the stop signal, waits up to <paramref name="gracePeriod"/>, then kills.</summary>
    Task StopContainerAsync(string containerId, TimeSpan gracePeriod, CancellationToken cancellationToken);

    Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken);

    Task<Cri.ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Cri.Container>> ListContainersAsync(Cri.ContainerFilter filter, CancellationToken cancellationToken);

    Task UpdateContainerResourcesAsync(
        string containerId, Cri.LinuxContainerResources resources, CancellationToken cancellationToken);

    /// <summary>Says what a pod may use as a whole, before it may; throws Unimplemented where the runtime need not know.</summary>
    Task UpdatePodSandboxResourcesAsync(
        string sandboxId, Cri.LinuxContainerResources overhead, Cri.LinuxContainerResources resources, CancellationToken cancellationToken);

    /// <summary>Writes a running container's state to a file; throws Unimplemented where the runtime cannot.</summary>
    Task CheckpointContainerAsync(string containerId, string location, TimeSpan timeout, CancellationToken cancellationToken);

    Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Runs a command to its end; a time-out throws DeadlineExceeded.</summary>
    Task<Cri.ExecSyncResponse> ExecSyncAsync(
        string containerId, IEnumerable<string> command, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>The address where the runtime serves this stream once.</summary>
    Task<Uri> ExecAsync(Cri.ExecRequest request, CancellationToken cancellationToken);

    Task<Uri> AttachAsync(Cri.AttachRequest request, CancellationToken cancellationToken);

    Task<Uri> PortForwardAsync(Cri.PortForwardRequest request, CancellationToken cancellationToken);

    Task<IReadOnlyList<Cri.ContainerStats>> ListContainerStatsAsync(CancellationToken cancellationToken);

    /// <summary>Network and processes of a pod; throws Unimplemented where the runtime does not count them.</summary>
    Task<Cri.PodSandboxStats> PodSandboxStatsAsync(string sandboxId, CancellationToken cancellationToken);

    /// <summary>Says which container or sandbox changed, as it happens; throws Unimplemented where the runtime has no events.</summary>
    IAsyncEnumerable<RuntimeEvent> WatchEventsAsync(CancellationToken cancellationToken);
}
