using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>A persistent volume that a pod has by a claim.</summary>
internal sealed record ClaimedVolume(PersistentVolume Volume, PersistentVolumeClaim Claim, bool IsReadOnly);
