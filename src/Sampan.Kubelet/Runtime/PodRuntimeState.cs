using System.Collections.Immutable;

namespace Sampan.Kubelet.Runtime;

/// <summary>
/// What the runtime holds for one pod, newest first. An immutable snapshot; the CRI messages in it are never changed.
/// <code>
/// Sandboxes   [attempt 1 READY, attempt 0 NOTREADY]
/// Containers  [web #2 RUNNING, web #1 EXITED, init #0 EXITED]
/// </code>
/// </summary>
internal sealed record PodRuntimeState(
    string Uid,
    string Name,
    string Namespace,
    ImmutableArray<Cri.PodSandboxStatus> Sandboxes,
    ImmutableArray<Cri.ContainerStatus> Containers)
{
    public static PodRuntimeState Empty(string uid) => new(uid, "", "", [], []);

    /// <summary>In which sandbox each container is, by their ids.</summary>
    public IReadOnlyDictionary<string, string> SandboxOf { get; init; } = ImmutableDictionary<string, string>.Empty;

    public bool IsEmpty => Sandboxes.IsEmpty && Containers.IsEmpty;

    public Cri.PodSandboxStatus? LatestSandbox => Sandboxes.IsEmpty ? null : Sandboxes[0];

    public Cri.PodSandboxStatus? ReadySandbox => Sandboxes.FirstOrDefault(s => s.State == Cri.PodSandboxState.SandboxReady);

    public IEnumerable<Cri.ContainerStatus> Running => Containers.Where(c => c.State == Cri.ContainerState.ContainerRunning);

    public IEnumerable<Cri.ContainerStatus> In(Cri.PodSandboxStatus? sandbox) => Containers.Where(c => sandbox is not null && SandboxOf.GetValueOrDefault(c.Id) == sandbox.Id);

    public IEnumerable<Cri.ContainerStatus> InstancesOf(string container) => Containers.Where(c => c.Metadata.Name == container);

    public Cri.ContainerStatus? Latest(string container) => InstancesOf(container).FirstOrDefault();

    public Cri.ContainerStatus? Find(string containerId) => Containers.FirstOrDefault(c => c.Id == containerId);
}
