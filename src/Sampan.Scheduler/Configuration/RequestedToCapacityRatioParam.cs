namespace Sampan.Scheduler.Configuration;

/// <summary>The function from a node's utilization to its score.</summary>
public sealed class RequestedToCapacityRatioParam
{
    public List<UtilizationShapePoint> Shape { get; set; } = [];
}
