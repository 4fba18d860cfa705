namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LinuxContainerUser")]
public sealed partial class LinuxContainerUser : IApiType<LinuxContainerUser>
{
    [Field("uid", 1, Required = true)]
    public long Uid { get; set; }

    [Field("gid", 2, Required = true)]
    public long Gid { get; set; }

    [Field("supplementalGroups", 3, ListType = "atomic")]
    public List<long>? SupplementalGroups { get; set; }
}
