namespace Sampan.Api.Core.V1;

/// <summary>Details of how a Service keeps clients with the same pod.</summary>
[ApiType("io.k8s.api.core.v1.SessionAffinityConfig")]
public sealed partial class SessionAffinityConfig : IApiType<SessionAffinityConfig>
{
    /// <summary>How long affinity by client address lasts.</summary>
    [Field("clientIP", 1)]
    public ClientIPConfig? ClientIP { get; set; }
}
