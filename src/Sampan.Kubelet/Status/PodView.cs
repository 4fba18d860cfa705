using System.Collections.Immutable;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Status;

/// <summary>All that a pod's status is made of, at one moment.</summary>
internal sealed record PodView(
    Pod Pod,
    PodRuntimeState State,
    PodStatus Previous,
    IReadOnlyDictionary<string, WaitingState> Waiting,
    IProbeResults Probes,
    NodeFacts Node,
    DateTimeOffset Now,
    Func<Cri.ContainerStatus, string> TerminationMessage)
{
    /// <summary>No container will run again.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Containers, by id, that run and whose postStart hook does too.</summary>
    public IReadOnlySet<string> InPostStart { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>All containers are being removed, for the pod to start over.</summary>
    public bool StartsOver => !IsTerminal && PodRestart.IsInProgress(Pod, State, Previous);

    /// <summary>Why other resources have to wait, if they do.</summary>
    public PendingResize? PendingResize { get; init; }

    /// <summary>Resources that were granted are not in force yet.</summary>
    public bool IsResizing { get; init; }

    public string? ResizeError { get; init; }

    /// <summary>The generation whose resources were granted last; null for the newest.</summary>
    public long? ResizedTo { get; init; }

    /// <summary>The resources in force, by the container's name; null where they are the specification's.</summary>
    public Func<string, ContainerResources?> Actuated { get; init; } = _ => null;

    /// <summary>The pod with all resources that are in force; null where they are the specification's.</summary>
    public Pod? InForce { get; init; }

    /// <summary>How the devices of a container are.</summary>
    public Func<Container, IEnumerable<ResourceStatus>> DeviceHealth { get; init; } = _ => [];

    /// <summary>Why the kubelet itself ended the pod, if it did.</summary>
    public PodTermination? Termination { get; init; }
}
