using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace Sampan.Kubelet.Linux;

/// <summary>The real system calls, through the C library.</summary>
internal sealed partial class LinuxHost : ILinux
{
    private const int Lazy = 2;
    private const int NoSuchFile = 2;
    private const int InvalidArgument = 22;
    private const int CurrentDirectory = -100;
    private const int End = 2;

    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;
    private const ulong Beneath = 0x08;
    private const long OpenBelowNumber = 437;

    public void Mount(string source, string target, string type, MountFlags flags, string? data) =>
        Check(MountCall(source, target, type, (nuint)(ulong)flags, data), $"mount {source} on {target}");

    public void Unmount(string target)
    {
        if (UnmountCall(target, Lazy) != 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or NoSuchFile))
        {
            Check(-1, $"unmount {target}");
        }
    }

    public IReadOnlyList<string> MountPoints(string under)
    {
        var prefix = under.TrimEnd('/') + "/";
        return File.ReadLines("/proc/self/mountinfo")
            .Select(line => Unescape(line.Split(' ', 6)[4]))
            .Where(point => point == under || point.StartsWith(prefix, StringComparison.Ordinal))
            .Reverse()
            .OrderByDescending(point => point.Length)
            .ToList();
    }

    public bool IsMountPoint(string path) => FileStatus.Of(path, followsLink: false) is { } status && (status.IsMountPoint ?? MountPoints(path).Contains(path));

    public void ChangeOwner(string path, uint? user, uint? group) =>
        Check(ChangeOwnerCall(path, user ?? uint.MaxValue, group ?? uint.MaxValue), $"chown {path}");

    public uint? GroupOf(string path) => FileStatus.Of(path)?.Group;

    public void Rename(string from, string to) => Check(RenameCall(from, to), $"rename {from} to {to}");

    public FileKind KindOf(string path) => FileStatus.Of(path)?.Kind ?? FileKind.None;

    public FileSystemUsage UsageOf(string path)
    {
        Span<ulong> result = stackalloc ulong[16];
        Check(StatfsCall(path, ref MemoryMarshal.GetReference(result)), $"statfs {path}");
        var blockSize = (long)result[1];
        var (blocks, free, available) = ((long)result[2], (long)result[3], (long)result[4]);
        return new(blocks * blockSize, available * blockSize, (blocks - free) * blockSize, (long)result[5], (long)result[6]) { Id = result[7] };
    }

    public long SizeOfDevice(string path)
    {
        using var device = new SafeFileHandle((nint)OpenCall(CurrentDirectory, path, CloseOnExec, 0), ownsHandle: true);
        Check(device.IsInvalid ? -1 : 0, $"open {path}");
        var size = SeekCall((int)device.DangerousGetHandle(), 0, End);
        Check(size < 0 ? -1 : 0, $"seek {path}");
        return size;
    }

    public SafeFileHandle OpenBeneath(string root, string path)
    {
        using var top = new SafeFileHandle((nint)OpenCall(CurrentDirectory, root, PathOnly | CloseOnExec, 0), ownsHandle: true);
        Check(top.IsInvalid ? -1 : 0, $"open {root}");
        var handle = OpenBeneath(top, path);
        if (handle.IsInvalid && Marshal.GetLastPInvokeError() == NoSuchFile)
        {
            throw new FileNotFoundException($"open {path} in {root}: No such file or directory");
        }

        Check(handle.IsInvalid ? -1 : 0, $"open {path} in {root}");
        return handle;
    }

    public void CreateBeneath(string root, string path)
    {
        using var top = new SafeFileHandle((nint)OpenCall(CurrentDirectory, root, PathOnly | CloseOnExec, 0), ownsHandle: true);
        Check(top.IsInvalid ? -1 : 0, $"open {root}");
        var (parts, mode) = (path.Split('/', StringSplitOptions.RemoveEmptyEntries), File.GetUnixFileMode(root));
        for (var count = 1; count <= parts.Length; count++)
        {
            using var known = OpenBeneath(top, string.Join('/', parts[..count]));
            if (known.IsInvalid && Marshal.GetLastPInvokeError() == NoSuchFile)
            {
                using var parent = OpenBeneath(top, count == 1 ? "." : string.Join('/', parts[..(count - 1)]));
                Check(MakeDirectoryCall((int)parent.DangerousGetHandle(), parts[count - 1], (uint)mode), $"mkdir {path} in {root}");

                // The process's mask may have taken bits away.
                File.SetUnixFileMode($"/proc/self/fd/{parent.DangerousGetHandle()}/{parts[count - 1]}", mode);
            }
        }
    }

    public Task MountByProgramAsync(string source, string target, string type, IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        MountProgram.RunAsync(source, target, type, options, cancellationToken);

    private static SafeFileHandle OpenBeneath(SafeFileHandle top, string path)
    {
        ulong[] how = [PathOnly | CloseOnExec, 0, Beneath];
        return new SafeFileHandle((nint)OpenBelowCall(OpenBelowNumber, (int)top.DangerousGetHandle(), path, how, (nuint)(how.Length * sizeof(ulong))), ownsHandle: true);
    }

    /// <summary>mountinfo writes blanks and the like as octal: <c>\040</c>.</summary>
    private static string Unescape(string field) =>
        field.Contains('\\', StringComparison.Ordinal)
            ? Octal().Replace(field, match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString())
            : field;

    private static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MountCall(string source, string target, string type, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(int directory, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long OpenBelowCall(long number, int directory, string path, ulong[] how, nuint size);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long SeekCall(int file, long offset, int from);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectoryCall(int directory, string path, uint mode);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnmountCall(string target, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameCall(string from, string to);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwnerCall(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatfsCall(string path, ref ulong result);
}
