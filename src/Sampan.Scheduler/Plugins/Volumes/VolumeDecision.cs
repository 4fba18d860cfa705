using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>What has to be done for a pod's claims on one node.</summary>
internal sealed class VolumeDecision
{
    /// <summary>Existing volumes that the claims get.</summary>
    public List<(PersistentVolume Volume, PersistentVolumeClaim Claim)> Bindings { get; } = [];

    /// <summary>Claims for which the driver shall make a volume.</summary>
    public List<PersistentVolumeClaim> Provisions { get; } = [];
}
