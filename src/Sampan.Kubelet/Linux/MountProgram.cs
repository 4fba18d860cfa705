using System.ComponentModel;
using System.Diagnostics;

namespace Sampan.Kubelet.Linux;

/// <summary>The host's <c>mount</c>, which finds the helper of a file system (mount.nfs) by itself.</summary>
internal static class MountProgram
{
    /// <exception cref="IOException">What the program said.</exception>
    public static async Task RunAsync(string source, string target, string type, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        string[] arguments = options.Count > 0 ? ["-t", type, "-o", string.Join(',', options), source, target] : ["-t", type, source, target];
        using var process = Start(arguments);
        using var kill = cancellationToken.Register(() => Kill(process));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new IOException($"mount failed: exit status {process.ExitCode}\nMounting command: mount\nMounting arguments: {string.Join(' ', arguments)}\nOutput: {await output}{await error}");
        }
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"mount: {e.Message}", e);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
        }
    }
}
