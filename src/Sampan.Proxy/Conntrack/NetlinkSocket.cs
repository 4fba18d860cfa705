using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sampan.Proxy.Conntrack;

/// <summary>A socket to the kernel's netfilter subsystem, in the network namespace of the thread that opens it.</summary>
internal sealed partial class NetlinkSocket : IDisposable
{
    private const int Netlink = 16, Raw = 3, CloseOnExec = 0x80000, NetfilterProtocol = 12;
    private readonly int _descriptor;

    public NetlinkSocket()
    {
        _descriptor = Open(Netlink, Raw | CloseOnExec, NetfilterProtocol);
        if (_descriptor < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        if (Send(_descriptor, message, (nuint)message.Length, 0) < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    public int Receive(Span<byte> buffer)
    {
        nint length = Receive(_descriptor, buffer, (nuint)buffer.Length, 0);
        return length < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : (int)length;
    }

    public void Dispose() => _ = Close(_descriptor);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, ReadOnlySpan<byte> buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int descriptor, Span<byte> buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
