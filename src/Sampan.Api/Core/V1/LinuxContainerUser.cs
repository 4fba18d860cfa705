namespace Sampan.Api.Core.V1;

/// <summary>User and groups with which a container's first process began on Linux.</summary>
[ApiType("io.k8s.api.core.v1.LinuxContainerUser")]
public sealed partial class LinuxContainerUser : IApiType<LinuxContainerUser>
{
    /// <summary>Numeric identifier of the user.</summary>
    [Field("uid", 1, Required = true)]
    public long Uid { get; set; }

    /// <summary>Numeric identifier of the primary group.</summary>
    [Field("gid", 2, Required = true)]
    public long Gid { get; set; }

    /// <summary>Numeric identifiers of the other groups, in no fixed order.</summary>
    [Field("supplementalGroups", 3, ListType = "atomic")]
    public List<long>? SupplementalGroups { get; set; }
}
