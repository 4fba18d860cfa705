using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sampan.Kubelet.Oom;

/// <summary>
/// <c>/dev/kmsg</c> from now on. Each read gives one record, or says that there is none:
/// <code>
/// 4,1234,567890,-;Memory cgroup out of memory: Killed process 99 (dd) total-vm:…
/// </code>
/// </summary>
internal sealed partial class KernelLog : IKernelLog
{
    private const int ReadOnlyNonBlocking = 0x800 | 0x80000;
    private const int FromEnd = 2;
    private const int Overwritten = 32;
    private const int LongestRecord = 8192;

    private readonly SafeFileHandle _handle;
    private readonly byte[] _record = new byte[LongestRecord];

    /// <exception cref="IOException">It cannot be read here.</exception>
    public KernelLog(string path = "/dev/kmsg")
    {
        _handle = new SafeFileHandle((nint)OpenCall(path, ReadOnlyNonBlocking), ownsHandle: true);
        if (_handle.IsInvalid || SeekCall(_handle, 0, FromEnd) < 0)
        {
            var error = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            _handle.Dispose();
            throw new IOException($"{path}: {error}");
        }
    }

    public IReadOnlyList<string> ReadNew()
    {
        var lines = new List<string>();
        while (true)
        {
            var count = ReadCall(_handle, _record, (nuint)_record.Length);
            if (count > 0)
            {
                lines.Add(Message(Encoding.UTF8.GetString(_record, 0, (int)count)));
            }
            else if (count == 0 || Marshal.GetLastPInvokeError() != Overwritten)
            {
                return lines;
            }
        }
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>What follows the prefix, up to the lines of its dictionary.</summary>
    internal static string Message(string record)
    {
        var start = record.IndexOf(';', StringComparison.Ordinal) + 1;
        var end = record.IndexOf('\n', start);
        return end < 0 ? record[start..] : record[start..end];
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long SeekCall(SafeFileHandle file, long offset, int from);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadCall(SafeFileHandle file, byte[] buffer, nuint size);
}
