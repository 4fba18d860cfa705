using System.Globalization;

namespace Sampan.Kubelet.Cgroups;

/// <summary>A size of huge pages that the kernel offers, and how many of them are set aside.</summary>
internal sealed record HugePageSize(long Bytes, long Count)
{
    private const string Prefix = "hugepages-";

    /// <summary>As a pod asks for it: <c>hugepages-2Mi</c>.</summary>
    public string Resource => Prefix + InUnits("Ki", "Mi", "Gi");

    /// <summary>As control groups name it: <c>2MB</c>.</summary>
    public string Name => InUnits("KB", "MB", "GB");

    /// <summary>All sizes, from directories such as <c>hugepages-2048kB</c>.</summary>
    public static IReadOnlyList<HugePageSize> Read(string directory = "/sys/kernel/mm/hugepages") =>
        [.. (Directory.Exists(directory) ? Directory.GetDirectories(directory) : []).Select(Of).OrderBy(size => size.Bytes)];

    private static HugePageSize Of(string directory)
    {
        var kilobytes = long.Parse(Path.GetFileName(directory)[Prefix.Length..^"kB".Length], CultureInfo.InvariantCulture);
        return new HugePageSize(kilobytes << 10, CgroupFile.Number(Path.Combine(directory, "nr_hugepages")));
    }

    private string InUnits(string kilo, string mega, string giga) =>
        Bytes >= 1 << 30 ? $"{Bytes >> 30}{giga}" : Bytes >= 1 << 20 ? $"{Bytes >> 20}{mega}" : $"{Bytes >> 10}{kilo}";
}
