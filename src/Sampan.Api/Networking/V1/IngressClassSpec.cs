namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressClassSpec")]
public sealed partial class IngressClassSpec : IApiType<IngressClassSpec>
{
    [Field("controller", 1)]
    public string? Controller { get; set; }

    [Field("parameters", 2)]
    public IngressClassParametersReference? Parameters { get; set; }
}
