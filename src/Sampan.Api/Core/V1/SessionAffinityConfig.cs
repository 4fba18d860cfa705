namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SessionAffinityConfig")]
public sealed partial class SessionAffinityConfig : IApiType<SessionAffinityConfig>
{
    [Field("clientIP", 1)]
    public ClientIPConfig? ClientIP { get; set; }
}
