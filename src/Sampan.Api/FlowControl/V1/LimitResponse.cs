namespace Sampan.Api.FlowControl.V1;

/// <summary>What happens to a request for which no seat is free.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.LimitResponse", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"queuing\":\"Queuing\"}}]")]
public sealed partial class LimitResponse : IApiType<LimitResponse>
{
    /// <summary>Queue lets it wait, Reject answers 429 at once.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>How requests wait; only with Queue.</summary>
    [Field("queuing", 2)]
    public QueuingConfiguration? Queuing { get; set; }
}
