using Sampan.Cluster.Images;

namespace Sampan.Cluster.ContainerRuntime;

/// <summary>
/// The configuration file of the containerd that Sampan starts for itself: own root, state, socket and CNI folders, so
/// that a containerd of the distribution or of Docker on the same host is not disturbed. Control groups are made directly, on
/// hosts with systemd too: all is below one group of Sampan's, which goes when Sampan goes.
/// </summary>
internal static class ContainerdConfig
{
    public static string Render(ClusterPaths paths, CniFolders cni) =>
        $"""
        # Written by Sampan at each start; changes here are lost.
        version = 2
        root = "{paths.Containerd}"
        state = "{paths.ContainerdState}"
        oom_score = 0

        [grpc]
          address = "{paths.ContainerdSocket}"

        [ttrpc]
          address = "{paths.ContainerdSocket}.ttrpc"

        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "{PauseImage.Name}"
          restrict_oom_score_adj = true
          disable_apparmor = {Flag(!Directory.Exists("/sys/kernel/security/apparmor"))}
          enable_unprivileged_ports = true
          enable_unprivileged_icmp = true
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "{cni.Plugins}"
            conf_dir = "{cni.Configurations}"
          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "{Snapshotter(paths)}"
            default_runtime_name = "runc"
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"
              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                SystemdCgroup = false
          [plugins."io.containerd.grpc.v1.cri".registry]
            config_path = "{paths.Registries}"

        """;

    // overlayfs does not stack on another overlayfs: inside a container, images are unpacked as plain folders.
    private static string Snapshotter(ClusterPaths paths)
    {
        var drive = DriveInfo.GetDrives()
            .Where(d => paths.Containerd.StartsWith(d.Name, StringComparison.Ordinal))
            .MaxBy(d => d.Name.Length);
        return drive?.DriveFormat is "overlay" or "overlayfs" ? "native" : "overlayfs";
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
