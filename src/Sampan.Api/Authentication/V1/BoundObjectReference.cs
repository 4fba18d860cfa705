namespace Sampan.Api.Authentication.V1;

[ApiType("io.k8s.api.authentication.v1.BoundObjectReference")]
public sealed partial class BoundObjectReference : IApiType<BoundObjectReference>
{
    [Field("kind", 1)]
    public string? Kind { get; set; }

    [Field("apiVersion", 2)]
    public string? ApiVersion { get; set; }

    [Field("name", 3)]
    public string? Name { get; set; }

    [Field("uid", 4)]
    public string? Uid { get; set; }
}
