namespace Sampan.Kubelet.Linux;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    None,
    File,
    Directory,
    Socket,
    CharDevice,
    BlockDevice,
    Other,
}
