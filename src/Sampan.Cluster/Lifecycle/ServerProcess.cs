using Sampan.Cluster.Host;

namespace Sampan.Cluster.Lifecycle;

/// <summary>The `sampan server` that `up` starts in the background and `down` stops.</summary>
public sealed class ServerProcess(ClusterPaths paths, TimeProvider time)
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    private readonly ProcessFile _file = new(paths.ServerPid);
    private int? _started;

    /// <summary>The process id while the server lives.</summary>
    public int? Find() => _file.Find();

    /// <summary>Whether the process is an agent: a node of a cluster whose server runs elsewhere.</summary>
    public static bool IsAgent(int pid) => ProcessArguments.Of(pid).Contains("agent");

    /// <summary>Whether the process that was started here has ended.</summary>
    public bool HasFailed() => _started is { } pid && !ProcessFile.IsAlive(pid);

    /// <summary>Starts the server unless it runs.</summary>
    /// <returns>Whether it had to be started.</returns>
    public bool EnsureStarted(IReadOnlyList<string> arguments)
    {
        if (Find() is not null) return false;
        var program = Environment.ProcessPath ?? throw new HostException("the path of the sampan program is unknown");
        if (File.Exists(paths.ServerLog)) File.Move(paths.ServerLog, paths.ServerLog + ".previous", overwrite: true);
        _started = HostCommand.StartDetached(program, ["server", "--data-dir", paths.Data, .. arguments], paths.ServerLog);
        return true;
    }

    /// <summary>Called by the server itself, so that it is found however it was started.</summary>
    public void Register() => _file.Write(Environment.ProcessId);

    public Task StopAsync(CancellationToken ct) => _file.StopAsync(StopGrace, time, ct);

    /// <summary>The end of the server's log: where a failed start says why.</summary>
    public string LogTail(int lines) =>
        File.Exists(paths.ServerLog) ? string.Join('\n', File.ReadLines(paths.ServerLog).TakeLast(lines)) : "";
}
