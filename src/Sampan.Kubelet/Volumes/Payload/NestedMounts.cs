using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Payload;

/// <summary>
/// The places within a volume where containers have other volumes. They have to be there before: whoever starts a container cannot make
/// them in a volume that nobody may write.
/// <code>
/// /etc/app         configMap
/// /etc/app/cache   emptyDir    so the configMap's directory needs a directory "cache"
/// </code>
/// </summary>
/// <remarks>Upstream: pkg/volume/util, MakeNestedMountpoints.</remarks>
internal static class NestedMounts
{
    private const UnixFileMode Mode = (UnixFileMode)0b111_101_101;

    /// <param name="pod">Whose containers.</param>
    /// <param name="volume">The volume's name.</param>
    /// <param name="directory">Where it is on the host.</param>
    /// <exception cref="VolumeFailure">A container has it outside of its own file system.</exception>
    public static void Make(Pod pod, string volume, string directory)
    {
        foreach (var place in Of(pod, volume))
        {
            Directory.CreateDirectory(Path.Combine(directory, place), Mode);
        }
    }

    /// <returns>Paths within the volume; of those within each other the outer alone.</returns>
    public static IReadOnlyList<string> Of(Pod pod, string volume) => [.. pod.AllContainers().SelectMany(container => Of(container, volume)).Distinct()];

    private static IEnumerable<string> Of(Container container, string volume)
    {
        var mounts = container.VolumeMounts.OrEmpty();
        foreach (var own in mounts.Where(mount => mount.Name == volume))
        {
            var above = (Clean(own.MountPath) ?? throw new VolumeFailure($"invalid container mount point {own.MountPath}")) + "/";
            var nested = mounts.Select(mount => Clean(mount.MountPath)).OfType<string>().Where(path => path.StartsWith(above, StringComparison.Ordinal)).ToList();
            foreach (var path in nested.Where(path => !nested.Exists(outer => path.StartsWith(outer + "/", StringComparison.Ordinal))))
            {
                yield return path[above.Length..];
            }
        }
    }

    /// <returns>Absolute, without detours; null for one that leads out of the container.</returns>
    private static string? Clean(string path)
    {
        var (parts, isAbsolute) = (new List<string>(), path.StartsWith('/'));
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (!isAbsolute)
            {
                return null;
            }
        }

        return "/" + string.Join('/', parts);
    }
}
