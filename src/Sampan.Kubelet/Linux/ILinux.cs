using Microsoft.Win32.SafeHandles;

namespace Sampan.Kubelet.Linux;

/// <summary>The system calls that the kubelet makes itself. Failures are <see cref="IOException"/> with errno's text.</summary>
internal interface ILinux
{
    void Mount(string source, string target, string type, MountFlags flags, string? data);

    /// <summary>Detaches a mount; one that is gone already is no error.</summary>
    void Unmount(string target);

    /// <summary>All mount points at or below a directory, deepest first.</summary>
    IReadOnlyList<string> MountPoints(string under);

    /// <summary>Whether something is mounted just there.</summary>
    bool IsMountPoint(string path);

    /// <summary>Changes the owner without following a link; null keeps what is.</summary>
    void ChangeOwner(string path, uint? user, uint? group);

    /// <summary>The group that owns a path, links followed; null when there is no such path.</summary>
    uint? GroupOf(string path);

    /// <summary>Puts one name in the place of another in one step; a link is moved as a link.</summary>
    void Rename(string from, string to);

    /// <summary>What is at the path, links followed.</summary>
    FileKind KindOf(string path);

    FileSystemUsage UsageOf(string path);

    /// <summary>Opens what lies at a path below a directory; links and mounts that lead out of it are refused.</summary>
    SafeFileHandle OpenBeneath(string root, string path);

    /// <summary>Makes the directories that are missing on a path below a directory, with that directory's mode.</summary>
    void CreateBeneath(string root, string path);

    /// <summary>How many bytes a block device has.</summary>
    long SizeOfDevice(string path);

    /// <summary>Mounts by the host's own program, which knows more file systems than the kernel alone.</summary>
    Task MountByProgramAsync(string source, string target, string type, IReadOnlyList<string> options, CancellationToken cancellationToken);
}
