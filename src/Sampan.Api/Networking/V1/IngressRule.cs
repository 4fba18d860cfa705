namespace Sampan.Api.Networking.V1;

/// <summary>What happens to the requests for one host.</summary>
[ApiType("io.k8s.api.networking.v1.IngressRule")]
public sealed partial class IngressRule : IApiType<IngressRule>
{
    /// <summary>
    /// The host name of the requests, perhaps with *. in place of its first label; every host when absent. No address, no port.
    /// </summary>
    [Field("host", 1)]
    public string? Host { get; set; }

    /// <summary>The host's paths and where they lead; everything goes to the default backend when absent.</summary>
    [Field("http", 1, Embedded = [2])]
    public HTTPIngressRuleValue? Http { get; set; }
}
