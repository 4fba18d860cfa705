using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes;

/// <summary>Scratch space that lives as long as the pod, on disk, in memory or in huge pages.</summary>
/// <param name="paths">Where they lie.</param>
/// <param name="linux">Mounts, and gives to groups.</param>
/// <param name="mounts">Makes those in memory.</param>
/// <param name="memory">What all pods of the node may have of its memory; no volume in memory is larger. Zero where nobody says.</param>
internal sealed class EmptyDirPlugin(PodPaths paths, ILinux linux, MemoryMounts mounts, Func<long> memory) : IVolumePlugin
{
    private const string Memory = "Memory";
    private const string HugePages = "HugePages";
    private const string HugePagesResource = "hugepages-";
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;

    /// <summary>As the kernel makes file systems in memory.</summary>
    private const UnixFileMode EveryonesOwn = Everyone | UnixFileMode.StickyBit;

    public string Name => "kubernetes.io/empty-dir";

    public bool IsReadOnly(Volume volume) => false;

    public bool Supports(Volume volume) => volume.EmptyDir is not null;

    /// <exception cref="VolumeFailure">There is no such medium, or the pod asks for no such pages.</exception>
    public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var path = paths.Volume(pod.Metadata.Uid, Name, volume.Name);
        var medium = volume.EmptyDir!.Medium ?? "";
        if (Directory.Exists(path) && (medium.Length == 0 || linux.IsMountPoint(path)))
        {
            return Task.FromResult(path);
        }

        Quantity? pages = medium is "" or Memory ? null : PageSize(pod, medium);
        Directory.CreateDirectory(path);
        if (pages is not null)
        {
            linux.Mount("nodev", path, "hugetlbfs", MountFlags.None, $"pagesize={pages}");
        }
        else if (medium == Memory)
        {
            mounts.Mount(path, Size(pod, volume.EmptyDir));
        }

        File.SetUnixFileMode(path, medium == Memory ? EveryonesOwn : Everyone);
        Ownership.Apply(linux, path, pod.Spec.SecurityContext, readOnly: false);
        return Task.FromResult(path);
    }

    /// <summary>Of the size that the medium names, or of the only size that the pod or its containers ask for.</summary>
    private static Quantity PageSize(Pod pod, string medium)
    {
        var wanted = WantedPageSize(medium);
        var asked = pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty())
            .SelectMany(c => c.Resources.Requests.OrEmpty().Keys)
            .Concat((pod.Spec.Resources?.Requests).OrEmpty().Keys)
            .Where(name => name.StartsWith(HugePagesResource, StringComparison.Ordinal))
            .Select(name => Quantity.Parse(name[HugePagesResource.Length..]))
            .Distinct()
            .ToList();
        var sizes = wanted is null ? asked : asked.FindAll(size => size == wanted);
        return sizes switch
        {
            [var size] => size,
            [] => throw new VolumeFailure($"medium {medium}: hugePages storage requested, but there is no resource request for huge pages"),
            _ => throw new VolumeFailure($"medium: {medium} can't be used if container requests multiple huge page sizes"),
        };
    }

    /// <returns>Null for whatever size the pod asks for.</returns>
    private static Quantity? WantedPageSize(string medium) => medium == HugePages ? null
        : medium.StartsWith(HugePages + "-", StringComparison.Ordinal) && Quantity.TryParse(medium[(HugePages.Length + 1)..], out var size) ? size
        : throw new VolumeFailure($"unknown storage medium \"{medium}\"");

    /// <summary>The smallest of the volume's limit, the pod's limit of memory and what the node has for pods.</summary>
    private long? Size(Pod pod, EmptyDirVolumeSource source)
    {
        long?[] limits = [source.SizeLimit?.AsLong(), PodResources.Limit(pod, PodResources.Memory)?.AsLong(), memory()];
        return limits.Where(limit => limit > 0).Min();
    }
}
