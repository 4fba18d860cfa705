using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>How volumes of the policy Recycle are emptied; upstream's limits.</summary>
public sealed record RecyclerOptions
{
    /// <summary>Of a directory of a host.</summary>
    public Kind HostPath { get; init; } = new(null, 60, 30);

    public Kind Nfs { get; init; } = new(null, 300, 30);

    /// <param name="Template">The pod that empties a volume, which takes the place of its first volume; null for one of busybox.</param>
    /// <param name="Seconds">How long it may take at least.</param>
    /// <param name="SecondsPerGibibyte">How much longer for each GiB of the volume, where that is more.</param>
    public sealed record Kind(Pod? Template, int Seconds, int SecondsPerGibibyte);
}
