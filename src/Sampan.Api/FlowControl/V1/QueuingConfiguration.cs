namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.QueuingConfiguration")]
public sealed partial class QueuingConfiguration : IApiType<QueuingConfiguration>
{
    [Field("queues", 1, Always = true, Default = "0")]
    public int Queues { get; set; }

    [Field("handSize", 2, Always = true, Default = "0")]
    public int HandSize { get; set; }

    [Field("queueLengthLimit", 3, Always = true, Default = "0")]
    public int QueueLengthLimit { get; set; }
}
