namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions")]
public sealed partial class Preconditions : IApiType<Preconditions>
{
    [Field("uid", 1, Pointer = true)]
    public string? Uid { get; set; }

    [Field("resourceVersion", 2, Pointer = true)]
    public string? ResourceVersion { get; set; }
}
