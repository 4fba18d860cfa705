using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Probes;

/// <summary>Which instance of which container a probe is for.</summary>
internal sealed record ProbeTarget(
    Pod Pod, Container Container, ProbeKind Kind, string ContainerId, DateTimeOffset StartedAt, Func<IReadOnlyList<string>> PodIPs);
