namespace Sampan.Api.Resource.V1;

/// <summary>The pool that the devices of a slice belong to.</summary>
[ApiType("io.k8s.api.resource.v1.ResourcePool")]
public sealed partial class ResourcePool : IApiType<ResourcePool>
{
    /// <summary>The pool's name, often that of its node; unique for the driver.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Counts changes of the pool; slices with an older number than the newest are passed over.</summary>
    [Field("generation", 2, Required = true)]
    public long Generation { get; set; }

    /// <summary>How many slices the pool has at this generation; until all are there it is incomplete.</summary>
    [Field("resourceSliceCount", 3, Required = true)]
    public long ResourceSliceCount { get; set; }
}
