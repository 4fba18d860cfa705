namespace Sampan.Kubelet.Linux;

/// <summary>Space and inodes of the file system that holds a path; sizes in bytes.</summary>
internal readonly record struct FileSystemUsage(long Capacity, long Available, long Used, long Inodes, long InodesFree)
{
    /// <summary>Tells file systems apart; 0 where the kernel does not say.</summary>
    public ulong Id { get; init; }
}
