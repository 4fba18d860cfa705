using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Where a pod's files lie, in upstream's layout:
/// <code>
/// root/pods/UID/etc-hosts
///              /containers/NAME/ID                  termination messages
///              /volumes/kubernetes.io~empty-dir/NAME
/// logs/NAMESPACE_NAME_UID/CONTAINER/0.log
/// </code>
/// </summary>
internal sealed class PodPaths(string root, string logs)
{
    public string Pods { get; } = Path.Combine(root, "pods");

    public string Logs => logs;

    public string Pod(string uid) => Path.Combine(Pods, uid);

    public string HostsFile(string uid) => Path.Combine(Pod(uid), "etc-hosts");

    public string Volumes(string uid) => Path.Combine(Pod(uid), "volumes");

    public string Volume(string uid, string plugin, string name) => Path.Combine(Volumes(uid), plugin.Replace('/', '~'), name);

    public string Devices(string uid) => Path.Combine(Pod(uid), "volumeDevices");

    public string SubPaths(string uid) => Path.Combine(Pod(uid), "volume-subpaths");

    public string SubPath(string uid, string volume, string container, int index) =>
        Path.Combine(SubPaths(uid), volume, container, index.ToString());

    public string Container(string uid, string name) => Path.Combine(Pod(uid), "containers", name);

    public string LogDirectory(Pod pod) =>
        Path.Combine(logs, $"{pod.Metadata.Namespace}_{pod.Metadata.Name}_{pod.Metadata.Uid}");

    public string LogFile(Pod pod, string container, int restartCount) => Path.Combine(LogDirectory(pod), LogFile(container, restartCount));

    /// <summary>Relative to the pod's log directory, as the runtime wants it.</summary>
    public static string LogFile(string container, int restartCount) => Path.Combine(container, $"{restartCount}.log");
}
