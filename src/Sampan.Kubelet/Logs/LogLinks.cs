using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Logs;

/// <summary>
/// Where collectors of logs look for those of all containers, under names that say whose they are. A link stays until its container
/// is removed.
/// <code>
/// /var/log/containers/POD_NAMESPACE_CONTAINER-ID.log -> /var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log
/// </code>
/// </summary>
/// <param name="directory">Where the links lie; null for none.</param>
/// <param name="logger">Told of links that cannot be made.</param>
internal sealed class LogLinks(string? directory, ILogger logger)
{
    private const string Suffix = ".log";
    private const int LongestName = 255;

    /// <summary>Beside the directory of the logs themselves.</summary>
    public static string DirectoryBeside(string logs) => Path.Combine(Path.GetDirectoryName(logs) ?? "/", "containers");

    public void Add(Pod pod, string container, string id, string log)
    {
        if (directory is null || !File.Exists(log))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(directory);
            File.CreateSymbolicLink(PathOf(directory, pod.Metadata.Namespace, pod.Metadata.Name, container, id), log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The log of container {Container} of pod {Pod} could not be linked: {Error}", container, pod.Metadata.Name, e.Message);
        }
    }

    public void Remove(Cri.ContainerStatus container)
    {
        if (directory is not null)
        {
            Delete(PathOf(directory, container.Labels[RuntimeLabels.PodNamespace], container.Labels[RuntimeLabels.PodName], container.Metadata.Name, container.Id));
        }
    }

    /// <summary>Removes links of pods whose logs are gone.</summary>
    public void Sweep()
    {
        foreach (var link in Directory.Exists(directory) ? Directory.GetFiles(directory, "*" + Suffix) : [])
        {
            if (new FileInfo(link).LinkTarget is { } log && !Directory.Exists(Path.GetDirectoryName(log)))
            {
                Delete(link);
            }
        }
    }

    /// <summary>Cut where a file system would refuse it.</summary>
    private static string PathOf(string directory, string ns, string pod, string container, string id)
    {
        var name = $"{pod}_{ns}_{container}-{id}";
        return Path.Combine(directory, name[..Math.Min(name.Length, LongestName - Suffix.Length)] + Suffix);
    }

    private void Delete(string link)
    {
        try
        {
            File.Delete(link);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The link {Link} to a log that is gone could not be removed: {Error}", link, e.Message);
        }
    }
}
