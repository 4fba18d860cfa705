using Sampan.Api;

namespace Sampan.Kubelet.Configuration;

/// <summary>How long a crashing container waits at most.</summary>
public sealed record CrashLoopBackOffConfiguration
{
    public Duration MaxContainerRestartPeriod { get; set; } = TimeSpan.FromMinutes(5);
}
