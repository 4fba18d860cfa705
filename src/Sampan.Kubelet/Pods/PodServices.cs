using Microsoft.Extensions.Logging;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Status;
using Sampan.Kubelet.Topology;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>What all pod workers of a node share.</summary>
internal sealed record PodServices
{
    public required IContainerRuntime Runtime { get; init; }

    public required RuntimeCache Cache { get; init; }

    public required ImagePuller Images { get; init; }

    public required IPodVolumes Volumes { get; init; }

    /// <summary>Null where the runtime is simulated.</summary>
    public ImageMounts? ImageMounts { get; init; }

    public required IProbeManager Probes { get; init; }

    /// <summary>Null where nobody says whether pods can have a network.</summary>
    public NodeHealth? Health { get; init; }

    public required IPodStatusSink Statuses { get; init; }

    public required IPodEvents Events { get; init; }

    public required IPodAdmission Admission { get; init; }

    public required PodCgroups Cgroups { get; init; }

    public required IPodObjects Objects { get; init; }

    public required PodPaths Paths { get; init; }

    public required LogLinks LogLinks { get; init; }

    public required PodDns Dns { get; init; }

    public required HookRunner Hooks { get; init; }

    public required Backoff CrashBackoff { get; init; }

    public required PodAllocations Allocations { get; init; }

    public required ExclusiveResources Exclusive { get; init; }

    public required ClaimManager Claims { get; init; }

    public required UserNamespaces UserNamespaces { get; init; }

    public required RuntimeClasses RuntimeClasses { get; init; }

    public required Func<NodeFacts> Node { get; init; }

    public required TimeProvider Time { get; init; }

    public required PodMetrics Metrics { get; init; }

    public required ILogger Logger { get; init; }

    public required string ClusterDomain { get; init; }

    public required SeccompDefaults Seccomp { get; init; }

    /// <summary>How often a pod is looked at when nothing happens; its volumes are refreshed then.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Creates files and groups on the host; off where the runtime is simulated.</summary>
    public bool TouchesHost { get; init; } = true;
}
