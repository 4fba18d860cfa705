using System.Runtime.InteropServices;

namespace Sampan.Cluster.Host;

/// <summary>Signals to other processes. One that has ended already is not an error.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
