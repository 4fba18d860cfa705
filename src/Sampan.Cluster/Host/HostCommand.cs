using System.Diagnostics;

namespace Sampan.Cluster.Host;

/// <summary>Runs programs of the host: the one place that starts processes for the cluster's life cycle.</summary>
public static class HostCommand
{
    /// <summary>Runs a program to its end. Its input is empty; both outputs are returned.</summary>
    /// <exception cref="HostException">The program is missing, failed, or did not end in time.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken ct = default)
    {
        var result = await TryRunAsync(program, arguments, timeout, ct);
        if (result.ExitCode == 0) return result.Output;
        var said = result.Error.Length > 0 ? result.Error : result.Output;
        throw new HostException($"{program} {string.Join(' ', arguments)} failed with exit code {result.ExitCode}: {LastLines(said)}");
    }

    /// <summary>As <see cref="RunAsync"/>, but a failure of the program is a result.</summary>
    public static async Task<CommandResult> TryRunAsync(string program, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken ct = default)
    {
        using var process = Start(program, arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new HostException($"{program} {string.Join(' ', arguments)} did not end within {timeout.TotalSeconds:0} s");
        }
    }

    /// <summary>
    /// Starts a program in a session of its own, so that it outlives this process and gets none of its terminal's signals.
    /// Its output is appended to <paramref name="log"/>.
    /// </summary>
    /// <returns>The process id.</returns>
    public static int StartDetached(string program, IEnumerable<string> arguments, string log)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        var script = "log=$1; shift; exec setsid \"$@\" </dev/null >>\"$log\" 2>&1";
        using var process = Start("/bin/sh", ["-c", script, "sh", log, program, .. arguments], redirect: false);
        return process.Id;
    }

    /// <summary>Runs a program with this process's own input and outputs.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunInTerminalAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        using var process = Start(program, arguments, redirect: false);
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    public static bool Exists(string program) => Find(program) is not null;

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static Process Start(string program, IEnumerable<string> arguments, bool redirect = true)
    {
        var start = new ProcessStartInfo(Find(program) ?? program)
        {
            RedirectStandardInput = redirect, RedirectStandardOutput = redirect, RedirectStandardError = redirect,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start)!;
            if (redirect) process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new HostException($"{program} could not be started: {e.Message}", e);
        }
    }

    private static string LastLines(string text) => string.Join(" / ", text.Trim().Split('\n').TakeLast(3));
}

/// <summary>How a program ended.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error);
