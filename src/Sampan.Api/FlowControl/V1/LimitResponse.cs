namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.LimitResponse", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"queuing\":\"Queuing\"}}]")]
public sealed partial class LimitResponse : IApiType<LimitResponse>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("queuing", 2)]
    public QueuingConfiguration? Queuing { get; set; }
}
