using System.ComponentModel;
using System.Diagnostics;

namespace Sampan.Kubelet.Linux;

/// <summary>Real processes.</summary>
internal sealed class HostCommands(TimeProvider time) : ICommands
{
    /// <summary>ENOENT.</summary>
    private const int NoSuchFile = 2;

    public async Task<string> RunAsync(
        string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string input, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var timer = new CancellationTokenSource(limit, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var process = Process.Start(start)!;
            await using var end = joined.Token.Register(() => process.Kill(entireProcessTree: true));
            await process.StandardInput.WriteAsync(input.AsMemory(), joined.Token);
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(joined.Token), process.StandardError.ReadToEndAsync(joined.Token));
            await process.WaitForExitAsync(joined.Token);
            return process.ExitCode == 0
                ? await output
                : throw new CommandFailure($"{program} ended with code {process.ExitCode}: {(await errors).Trim()}") { ExitCode = process.ExitCode, Output = await output + await errors };
        }
        catch (Win32Exception e)
        {
            throw new CommandFailure($"{program} cannot be started: {e.Message}", e) { IsMissing = e.NativeErrorCode == NoSuchFile };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure($"{program} did not end within {limit.TotalSeconds:0} seconds");
        }
    }
}
