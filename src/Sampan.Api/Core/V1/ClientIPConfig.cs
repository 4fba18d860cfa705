namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ClientIPConfig")]
public sealed partial class ClientIPConfig : IApiType<ClientIPConfig>
{
    [Field("timeoutSeconds", 1)]
    public int? TimeoutSeconds { get; set; }
}
