using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Host;
using Sampan.Cluster.Images;

namespace Sampan.Cluster.ContainerRuntime;

/// <summary>
/// Runs containerd for the node. It lives in a session of its own and is found again after a restart, so containers
/// keep running whatever happens to this process; while we run, a containerd that dies is started again.
/// </summary>
public sealed class ContainerdComponent(ClusterPaths paths, CniFolders cni, TimeProvider time, ILogger logger) : IComponent
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly ProcessFile _process = new(paths.ContainerdPid);
    private readonly CancellationTokenSource _stopping = new();
    private Task _supervision = Task.CompletedTask;

    public string Name => "containerd";

    public Task StartAsync(CancellationToken ct)
    {
        paths.CheckLength();
        cni.Check();
        Directory.CreateDirectory(paths.Containerd);
        Directory.CreateDirectory(paths.ContainerdState);
        File.WriteAllText(paths.ContainerdConfig, ContainerdConfig.Render(paths, cni));
        Launch();
        _supervision = SuperviseAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    /// <summary>Waits until it answers and has the sandbox image.</summary>
    public async Task ReadyAsync(CancellationToken ct)
    {
        var deadline = time.GetUtcNow() + StartLimit;
        while (!await AnswersAsync(ct))
        {
            if (time.GetUtcNow() > deadline)
                throw new HostException($"containerd did not answer on {paths.ContainerdSocket} within {StartLimit.TotalSeconds} s; its log is {paths.ContainerdLog}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, ct);
        }
        await new ImageImporter(paths).EnsurePauseImageAsync(ct);
    }

    /// <summary>Stops watching over containerd, and leaves it and the containers running.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        await _stopping.CancelAsync();
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Launch()
    {
        if (_process.Find() is { } running)
        {
            logger.LogInformation("containerd runs already as process {Pid}", running);
            return;
        }
        File.Delete(paths.ContainerdSocket);
        _process.Write(HostCommand.StartDetached("containerd", ["--config", paths.ContainerdConfig], paths.ContainerdLog));
    }

    private async Task SuperviseAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(CheckInterval, time, ct);
            if (_process.Find() is not null) continue;
            logger.LogWarning("containerd has ended and is started again; its log is {Log}", paths.ContainerdLog);
            Launch();
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        if (!File.Exists(paths.ContainerdSocket)) return false;
        var version = await HostCommand.TryRunAsync("ctr", ["--address", paths.ContainerdSocket, "--connect-timeout", "1s", "version"], TimeSpan.FromSeconds(5), ct);
        return version.ExitCode == 0;
    }
}
