using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>What has to be done to bring a pod from what runs to what is wanted.</summary>
internal sealed record PodPlan
{
    /// <summary>Stop everything that runs, sandbox included, before anything else.</summary>
    public bool KillPod { get; init; }

    public bool CreateSandbox { get; init; }

    /// <summary>The number of the sandbox to create.</summary>
    public uint Attempt { get; init; }

    public IReadOnlyList<ContainerKill> Kill { get; init; } = [];

    /// <summary>Kill at once and remove, in this order, and nothing else: the pod starts over.</summary>
    public IReadOnlyList<Cri.ContainerStatus> Remove { get; init; } = [];

    /// <summary>In this order, one after another.</summary>
    public IReadOnlyList<Container> Start { get; init; } = [];

    /// <summary>The pod as a whole gets other resources.</summary>
    public bool ResizePod { get; init; }

    /// <summary>Some of those that start had other resources when they started last.</summary>
    public bool StartsResized { get; init; }

    /// <summary>Running containers that get other resources.</summary>
    public IReadOnlyList<ContainerResize> Resize { get; init; } = [];
}

/// <summary>A container to stop, and why.</summary>
internal sealed record ContainerKill(Cri.ContainerStatus Status, Container Container, string Message, TimeSpan? GracePeriod = null);

/// <summary>A running container whose resources change.</summary>
internal sealed record ContainerResize(Cri.ContainerStatus Status, Container Container);
