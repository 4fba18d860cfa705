namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ServiceAccountTokenProjection")]
public sealed partial class ServiceAccountTokenProjection : IApiType<ServiceAccountTokenProjection>
{
    [Field("audience", 1)]
    public string? Audience { get; set; }

    [Field("expirationSeconds", 2)]
    public long? ExpirationSeconds { get; set; }

    [Field("path", 3, Required = true)]
    public string Path { get; set; } = "";
}
