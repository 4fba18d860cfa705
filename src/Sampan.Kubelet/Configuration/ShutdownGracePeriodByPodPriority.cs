namespace Sampan.Kubelet.Configuration;

/// <summary>Pods of at least this priority get this long to end when the machine shuts down.</summary>
public sealed record ShutdownGracePeriodByPodPriority
{
    public int Priority { get; set; }

    public long ShutdownGracePeriodSeconds { get; set; }
}
