using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>A network namespace of this machine. Sockets made by <see cref="Run{T}"/> stay in it, whoever uses them later.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int CloneNewNet = 0x40000000;

    public NetworkNamespace(string name)
    {
        Name = name;
        Shell("ip", "netns", "add", name);
        Exec("ip", "link", "set", "lo", "up");
    }

    public string Name { get; }

    public string Path => $"/var/run/netns/{Name}";

    /// <summary>Why these tests cannot run here; null when they can.</summary>
    public static string? Unavailable =>
        !Environment.IsPrivilegedProcess ? "needs root for network namespaces"
        : Missing("ip", "nft", "dig") is { } program ? $"the program {program} is not installed"
        : File.Exists("/usr/lib/cni/bridge") || File.Exists("/opt/cni/bin/bridge") ? null : "the CNI plugins are not installed";

    /// <summary>Runs code on a thread that has entered the namespace.</summary>
    public T Run<T>(Func<T> action)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle(Path);
                if (EnterNamespace(handle.DangerousGetHandle().ToInt32(), CloneNewNet) != 0)
                    throw new InvalidOperationException($"setns: error {Marshal.GetLastPInvokeError()}");
                result = action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException($"in namespace {Name}: {failure.Message}", failure);
    }

    /// <summary>Runs a program in the namespace and returns what it printed.</summary>
    public string Exec(params string[] command) => Shell(["ip", "netns", "exec", Name, .. command]);

    public void Dispose() => Shell("ip", "netns", "delete", Name);

    public static string Shell(params string[] command) => Shell(command, [], null);

    public static string Shell(string[] command, Dictionary<string, string> environment, string? input)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', command)}: {error.Result}{output}");
    }

    private static string? Missing(params string[] programs) => programs.FirstOrDefault(
        p => !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(d => File.Exists(System.IO.Path.Combine(d, p))));

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int EnterNamespace(int descriptor, int kind);
}
