using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Runtime;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>Leaves a pod with many containers that ended, as one does that has crashed for days.</summary>
internal sealed class DeadContainers(Func<CriRuntime> connect, string ns, string pod, string uid, string logs, string groups)
{
    private const int AtOnce = 8;

    /// <summary>Each runs and ends, but most only come to be: to whom they are listed both are dead.</summary>
    private const int ThatRan = 10;

    public async Task CreateAsync(int count, CancellationToken ct)
    {
        using var runtime = connect();
        var sandbox = new PodSandboxConfig
        {
            Metadata = new() { Name = pod, Namespace = ns, Uid = uid },
            LogDirectory = Path.Combine(logs, $"{ns}_{pod}_{uid}"),
            Labels = { Labels() },
            Linux = new() { CgroupParent = $"{groups}/kubepods/besteffort/pod{uid}" },
        };
        var id = await runtime.RunPodSandboxAsync(sandbox, "", ct);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (attempt, stop) =>
        {
            var container = await runtime.CreateContainerAsync(id, Config(attempt), sandbox, stop);
            if (attempt >= count - ThatRan) await runtime.StartContainerAsync(container, stop);
        });
        while ((await runtime.ListContainersAsync(new() { State = new() { State = ContainerState.ContainerRunning } }, ct)).Count > 0) await Task.Delay(100, ct);
    }

    private Dictionary<string, string> Labels() => new()
    {
        [RuntimeLabels.PodName] = pod, [RuntimeLabels.PodNamespace] = ns, [RuntimeLabels.PodUid] = uid,
    };

    private ContainerConfig Config(int attempt)
    {
        var config = new ContainerConfig
        {
            Metadata = new() { Name = "main", Attempt = (uint)attempt },
            Image = new() { Image = "docker.io/library/busybox:1" },
            Command = { "false" },
            LogPath = $"main-{attempt}.log",
            Labels = { Labels() },
            Annotations = { [RuntimeLabels.RestartCount] = $"{attempt}" },
            Linux = new(),
        };
        config.Labels[RuntimeLabels.ContainerName] = "main";
        return config;
    }
}
