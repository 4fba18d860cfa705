namespace Sampan.Api.FlowControl.V1;

/// <summary>The queues of a level, over which flows are dealt by shuffle sharding.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.QueuingConfiguration")]
public sealed partial class QueuingConfiguration : IApiType<QueuingConfiguration>
{
    /// <summary>How many queues there are; 64 when absent. More of them keep flows better apart.</summary>
    [Field("queues", 1, Always = true, Default = "0")]
    public int Queues { get; set; }

    /// <summary>How many queues a flow is dealt, of which it takes the shortest; 8 when absent, not more than there are.</summary>
    [Field("handSize", 2, Always = true, Default = "0")]
    public int HandSize { get; set; }

    /// <summary>How many requests wait in a queue before further ones are refused; 50 when absent.</summary>
    [Field("queueLengthLimit", 3, Always = true, Default = "0")]
    public int QueueLengthLimit { get; set; }
}
