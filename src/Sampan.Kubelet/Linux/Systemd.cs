using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Kubelet.Nodes;

namespace Sampan.Kubelet.Linux;

/// <summary>systemd's logind, through the programs that come with it.</summary>
internal sealed class Systemd(ICommands commands) : IShutdownManager
{
    private const string Override = "/etc/systemd/logind.conf.d/99-kubelet.conf";
    private const string Login = "org.freedesktop.login1";
    private const string LoginPath = "/org/freedesktop/login1";
    private const string Signal = $"type='signal',interface='{Login}.Manager',member='PrepareForShutdown',path='{LoginPath}'";
    private const long MicrosecondsPerSecond = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly Dictionary<string, string> NoEnvironment = [];

    /// <summary>Whether this machine was booted with it.</summary>
    public static bool IsHere => Directory.Exists("/run/systemd/system");

    public async Task<TimeSpan> LongestDelayAsync(CancellationToken cancellationToken)
    {
        var answer = await RunAsync("busctl", ["get-property", Login, LoginPath, $"{Login}.Manager", "InhibitDelayMaxUSec"], cancellationToken);
        return long.TryParse(answer.Trim().Split(' ')[^1], CultureInfo.InvariantCulture, out var microseconds)
            ? TimeSpan.FromSeconds((double)microseconds / MicrosecondsPerSecond)
            : throw new IOException($"logind says that its longest delay is {answer}");
    }

    public async Task SetLongestDelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Override)!);
        await File.WriteAllTextAsync(Override, $"# Kubelet logind override\n[Login]\nInhibitDelayMaxSec={delay.TotalSeconds:0}\n", cancellationToken);
        await RunAsync("systemctl", ["kill", "--signal=HUP", "systemd-logind.service"], cancellationToken);
    }

    /// <summary>The delay lasts as long as a program that reads until its input ends, which it does also when this process dies.</summary>
    public IDisposable Delay()
    {
        var process = Start("systemd-inhibit", ["--what=shutdown", "--who=kubelet", "--why=Kubelet needs time to handle node shutdown", "--mode=delay", "cat"]);
        return new Held(process);
    }

    public async IAsyncEnumerable<bool> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var process = Start("busctl", ["monitor", "--json=short", $"--match={Signal}"]);
        using var end = cancellationToken.Register(() => process.Kill());
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Parse(line) is { } isGoingDown)
            {
                yield return isGoingDown;
            }
        }

        throw new IOException("busctl does not listen any more");
    }

    /// <summary>What a signal says; null for anything else.</summary>
    internal static bool? Parse(string line)
    {
        try
        {
            var message = JsonNode.Parse(line);
            return (string?)message?["member"] == "PrepareForShutdown" ? (bool?)message["payload"]?["data"]?[0] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        commands.RunAsync(program, arguments, NoEnvironment, "", Limit, cancellationToken);

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{program} cannot be started: {e.Message}", e);
        }
    }

    private sealed class Held(Process process) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0)
            {
                process.StandardInput.Dispose();
                process.Dispose();
            }
        }
    }
}
