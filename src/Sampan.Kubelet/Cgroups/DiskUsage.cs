using System.Globalization;

namespace Sampan.Kubelet.Cgroups;

/// <summary>What a group read from and wrote to a device, which is named by its numbers: <c>8:0</c>.</summary>
internal sealed record DiskUsage(string Device)
{
    public long ReadBytes { get; init; }

    public long Reads { get; init; }

    public long WrittenBytes { get; init; }

    public long Writes { get; init; }

    /// <summary>
    /// From the files of version 1, a line for each device and operation.
    /// <code>
    /// 8:0 Read 4096
    /// 8:0 Write 0
    /// Total 4096
    /// </code>
    /// </summary>
    public static IReadOnlyList<DiskUsage> OfThrottling(string directory)
    {
        var (bytes, counts) = (Lines(directory, "blkio.throttle.io_service_bytes"), Lines(directory, "blkio.throttle.io_serviced"));
        return [.. bytes.Select(line => line.Device).Distinct().Select(device => new DiskUsage(device)
        {
            ReadBytes = Sum(bytes, device, "Read"),
            WrittenBytes = Sum(bytes, device, "Write"),
            Reads = Sum(counts, device, "Read"),
            Writes = Sum(counts, device, "Write"),
        })];
    }

    /// <summary>
    /// From the file of version 2, a line for each device.
    /// <code>
    /// 8:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0
    /// </code>
    /// </summary>
    public static IReadOnlyList<DiskUsage> OfIo(string directory) => [.. CgroupFile.Text(Path.Combine(directory, "io.stat"))
        .Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 1)
        .Select(fields => (Device: fields[0], Values: fields.Skip(1).Select(f => f.Split('=')).Where(f => f.Length == 2).ToDictionary(f => f[0], f => Number(f[1]))))
        .Select(entry => new DiskUsage(entry.Device)
        {
            ReadBytes = entry.Values.GetValueOrDefault("rbytes"),
            WrittenBytes = entry.Values.GetValueOrDefault("wbytes"),
            Reads = entry.Values.GetValueOrDefault("rios"),
            Writes = entry.Values.GetValueOrDefault("wios"),
        })];

    private static List<(string Device, string Operation, long Value)> Lines(string directory, string file)
    {
        var recursive = CgroupFile.Text(Path.Combine(directory, file + "_recursive"));
        var text = recursive.Length > 0 ? recursive : CgroupFile.Text(Path.Combine(directory, file));
        return [.. text.Split('\n').Select(line => line.Split(' ')).Where(f => f.Length == 3).Select(f => (f[0], f[1], Number(f[2])))];
    }

    private static long Sum(List<(string Device, string Operation, long Value)> lines, string device, string operation) =>
        lines.Where(line => line.Device == device && line.Operation == operation).Sum(line => line.Value);

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
