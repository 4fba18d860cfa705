using Sampan.Cluster.Host;

namespace Sampan.Cluster.Lifecycle;

/// <summary>
/// `sampan down` and `sampan delete`: stop everything of ours and leave the host as it was found. Safe to repeat, and
/// right also when the server was killed or only half of it ever started.
/// </summary>
public sealed class ClusterDown(ClusterPaths paths, IStepReporter steps, TimeProvider time)
{
    private static readonly TimeSpan ContainerdGrace = TimeSpan.FromSeconds(10);

    /// <summary>Stops the server, the pods and the container runtime; data and images stay for the next `up`.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (NodeHost.List(paths).Count > 0) await steps.RunAsync("further nodes stopped", StopNodesAsync, ct);
        await steps.RunAsync("server stopped", StopServerAsync, ct);
        await steps.RunAsync("pods stopped", StopPodsAsync, ct);
        await steps.RunAsync("container runtime stopped", StopRuntimeAsync, ct);
        await steps.RunAsync("network and mounts removed", RestoreHostAsync, ct);
    }

    /// <summary>As <see cref="RunAsync"/>, and removes all data and the user's context too.</summary>
    public async Task DeleteAsync(string? userKubeconfig, CancellationToken ct)
    {
        await RunAsync(ct);
        await steps.RunAsync("data removed", _ => Task.FromResult<string?>(DeleteData()), ct);
        if (userKubeconfig is not null) UserKubeconfig.RemoveContext(userKubeconfig);
    }

    private async Task<string?> StopNodesAsync(CancellationToken ct) => $"{await new NodeHosts(paths, time).StopAllAsync(ct)} nodes";

    private async Task<string?> StopServerAsync(CancellationToken ct)
    {
        var server = new ServerProcess(paths, time);
        if (server.Find() is not { } pid) return "did not run";
        await server.StopAsync(ct);
        return $"process {pid}";
    }

    private async Task<string?> StopPodsAsync(CancellationToken ct)
    {
        if (!File.Exists(paths.ContainerdSocket) || new ProcessFile(paths.ContainerdPid).Find() is null) return "none ran";
        var count = await Kubelet.Runtime.RuntimeCleanup.RemoveAllPodsAsync(paths.ContainerdSocket, time, ct);
        return $"{count} pods";
    }

    private async Task<string?> StopRuntimeAsync(CancellationToken ct)
    {
        await new ProcessFile(paths.ContainerdPid).StopAsync(ContainerdGrace, time, ct);
        var left = await RuntimeShims.StopAsync(paths.ContainerdSocket, time, ct);
        return left == 0 ? null : $"{left} container shims ended by force";
    }

    private async Task<string?> RestoreHostAsync(CancellationToken ct)
    {
        await HostNetwork.RestoreAsync(paths, ct);
        var mounts = MountTable.UnmountBelow(paths.Run) + MountTable.UnmountBelow(paths.Data);
        Cgroups.RemoveTree(Server.ClusterOptions.CgroupRootOf(paths));
        if (Directory.Exists(paths.Run)) Directory.Delete(paths.Run, recursive: true);
        return mounts == 0 ? null : $"{mounts} mounts";
    }

    // Only what is ours goes: --data-dir may name a folder that holds other things too.
    private string DeleteData()
    {
        if (!Directory.Exists(paths.Data)) return "there was none";
        foreach (var node in NodeHost.List(paths)) Directory.Delete(node.Paths.Data, recursive: true);
        foreach (var folder in paths.OwnFolders.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
        foreach (var file in paths.OwnFiles) File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(paths.Data).Any()) Directory.Delete(paths.Data);
        return paths.Data;
    }
}
