using System.ComponentModel;
using System.Diagnostics;

namespace Sampan.Network.Host;

/// <summary>The machine itself, or a network namespace of it, entered by the commands in <paramref name="prefix"/>.</summary>
internal sealed class LinuxHost(params string[] prefix) : IHost
{
    public async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string[] words = [.. prefix, program, .. arguments];
        using var process = Start(words);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(cancellationToken);
        string text = await output;
        return process.ExitCode == 0
            ? text
            : throw new HostCommandException($"{string.Join(' ', words)} failed: {(await error).Trim()}");
    }

    public async Task<string?> ReadSettingAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await RunAsync("cat", [$"/proc/sys/{path}"], cancellationToken)).Trim();
        }
        catch (HostCommandException)
        {
            return null;
        }
    }

    public Task WriteSettingAsync(string path, string value, CancellationToken cancellationToken) =>
        RunAsync("sh", ["-c", "echo \"$1\" > \"/proc/sys/$2\"", "sh", value, path], cancellationToken);

    private static Process Start(string[] words)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new HostCommandException($"The program {words[0]} cannot be run: {e.Message}. Is its package installed?", e);
        }
    }
}
