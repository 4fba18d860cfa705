using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Stats;

/// <summary>The file system something lies on, and how much of it that takes; sizes in bytes.</summary>
internal sealed record FileSystemStats(DateTimeOffset Time, FileSystemUsage Of, long Used, long? InodesUsed = null)
{
    public static FileSystemStats Whole(DateTimeOffset time, FileSystemUsage usage) => new(time, usage, usage.Used, usage.Inodes - usage.InodesFree);
}
