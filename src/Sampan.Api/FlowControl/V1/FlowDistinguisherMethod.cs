namespace Sampan.Api.FlowControl.V1;

/// <summary>What tells the flows of one schema apart.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod")]
public sealed partial class FlowDistinguisherMethod : IApiType<FlowDistinguisherMethod>
{
    /// <summary>ByUser gives every user a flow, ByNamespace every namespace.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";
}
