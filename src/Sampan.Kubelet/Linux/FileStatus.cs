using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sampan.Kubelet.Linux;

/// <summary>What the kernel knows of a file.</summary>
/// <param name="Device">The file system that it lies on.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="Bytes">What it takes of the disk, which is more than its length for a small file and less for a sparse one.</param>
/// <param name="IsMountPoint">Whether something is mounted just there; null from a kernel before 5.8, which does not tell.</param>
internal readonly partial record struct FileStatus(FileKind Kind, uint Group, ulong Device, ulong Inode, uint Links, long Bytes, bool? IsMountPoint)
{
    private const int Size = 256;
    private const int CurrentDirectory = -100;
    private const int LinkItself = 0x100;
    private const uint Basic = 0x7ff;
    private const int SectorSize = 512;
    private const ulong MountRoot = 0x2000;

    /// <summary>The status of what lies at a path; null when there is nothing.</summary>
    /// <param name="followsLink">Whether a link stands for what it leads to.</param>
    public static FileStatus? Of(string path, bool followsLink = true)
    {
        Span<byte> result = stackalloc byte[Size];
        if (StatxCall(CurrentDirectory, path, followsLink ? 0 : LinkItself, Basic, ref MemoryMarshal.GetReference(result)) != 0)
        {
            return null;
        }

        return new(
            KindOf(BinaryPrimitives.ReadUInt16LittleEndian(result[28..])),
            Group: BinaryPrimitives.ReadUInt32LittleEndian(result[24..]),
            Device: BinaryPrimitives.ReadUInt64LittleEndian(result[136..]),
            Inode: BinaryPrimitives.ReadUInt64LittleEndian(result[32..]),
            Links: BinaryPrimitives.ReadUInt32LittleEndian(result[16..]),
            Bytes: BinaryPrimitives.ReadInt64LittleEndian(result[48..]) * SectorSize,
            IsMountPoint: Attribute(result, MountRoot));
    }

    private static bool? Attribute(ReadOnlySpan<byte> result, ulong attribute)
    {
        var (known, set) = (BinaryPrimitives.ReadUInt64LittleEndian(result[56..]), BinaryPrimitives.ReadUInt64LittleEndian(result[8..]));
        return (known & attribute) == 0 ? null : (set & attribute) != 0;
    }

    private static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Directory,
        0xC000 => FileKind.Socket,
        0x2000 => FileKind.CharDevice,
        0x6000 => FileKind.BlockDevice,
        _ => FileKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxCall(int directory, string path, int flags, uint mask, ref byte result);
}
