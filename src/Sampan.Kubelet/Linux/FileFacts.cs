namespace Sampan.Kubelet.Linux;

/// <summary>What the kernel knows of a file without opening it; of a link, not of what it leads to.</summary>
/// <param name="Device">The file system that it lies on.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Bytes">What it takes on the disk: holes take nothing.</param>
/// <param name="IsDirectory">Whether others lie in it.</param>
internal readonly record struct FileFacts(ulong Device, ulong Inode, uint Links, long Bytes, bool IsDirectory);
