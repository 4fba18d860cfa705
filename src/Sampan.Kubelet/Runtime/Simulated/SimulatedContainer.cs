namespace Sampan.Kubelet.Runtime.Simulated;

/// <summary>A container that exists as data only.</summary>
internal sealed class SimulatedContainer(string sandboxId, Cri.ContainerConfig config, Cri.ContainerStatus status)
{
    public string SandboxId { get; } = sandboxId;

    public Cri.ContainerConfig Config { get; } = config;

    public Cri.ContainerStatus Status { get; set; } = status;
}
