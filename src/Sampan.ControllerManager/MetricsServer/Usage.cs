namespace Sampan.ControllerManager.MetricsServer;

/// <summary>What was used up to a moment: CPU in seconds since the start, memory in bytes now.</summary>
internal readonly record struct Usage(double? CpuSeconds, DateTimeOffset Time, double? Memory, DateTimeOffset? StartedAt)
{
    public bool IsWhole => CpuSeconds is not null && Memory is not null;
}
