namespace Sampan.Api.Core.V1;

/// <summary>A directory that is empty when the pod starts on a node and is deleted together with the pod.</summary>
[ApiType("io.k8s.api.core.v1.EmptyDirVolumeSource")]
public sealed partial class EmptyDirVolumeSource : IApiType<EmptyDirVolumeSource>
{
    /// <summary>What stores the files: empty for the node's disk, Memory for RAM, HugePages or HugePages-size for huge pages.</summary>
    [Field("medium", 1)]
    public string? Medium { get; set; }

    /// <summary>Most that the files may take up before the pod is evicted; for Memory it counts against the pod's memory limits.</summary>
    [Field("sizeLimit", 2)]
    public Quantity? SizeLimit { get; set; }
}
