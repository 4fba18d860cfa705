namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerImage")]
public sealed partial class ContainerImage : IApiType<ContainerImage>
{
    [Field("names", 1, ListType = "atomic")]
    public List<string>? Names { get; set; }

    [Field("sizeBytes", 2)]
    public long SizeBytes { get; set; }
}
