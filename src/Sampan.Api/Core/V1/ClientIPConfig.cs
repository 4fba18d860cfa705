namespace Sampan.Api.Core.V1;

/// <summary>How long a Service keeps sending a client to the same pod.</summary>
[ApiType("io.k8s.api.core.v1.ClientIPConfig")]
public sealed partial class ClientIPConfig : IApiType<ClientIPConfig>
{
    /// <summary>Seconds without traffic until a client may land on another pod, from 1 to 86400; 10800 (three hours) by default.</summary>
    [Field("timeoutSeconds", 1)]
    public int? TimeoutSeconds { get; set; }
}
