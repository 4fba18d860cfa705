namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod")]
public sealed partial class FlowDistinguisherMethod : IApiType<FlowDistinguisherMethod>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";
}
