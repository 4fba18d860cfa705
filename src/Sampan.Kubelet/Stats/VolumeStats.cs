namespace Sampan.Kubelet.Stats;

/// <summary>What a pod's volume holds. The claim is null for volumes without one; an ephemeral one counts as the pod's own storage.</summary>
internal sealed record VolumeStats(string Name, string? Claim, bool IsEphemeral, FileSystemStats Usage);
