using System.Text;

namespace Sampan.EndToEnd.Tests.Nodes;

/// <summary>All that pods may leave on a machine: processes, mounts, groups, network, files, and what the runtime remembers.</summary>
internal sealed class Traces(Machine machine)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    public async Task<IReadOnlyList<string>> ReadAsync() =>
    [
        .. Processes().Order(StringComparer.Ordinal),
        .. Mounts().Order(StringComparer.Ordinal),
        .. machine.Groups().SelectMany(g => Below(g, directories: true)).Select(g => "group " + g).Order(StringComparer.Ordinal),
        .. Names("/run/netns").Select(n => "network namespace " + n),
        .. (await LinesAsync("ip", "-o", "link", "show", "type", "veth")).Select(l => "link " + l.Split(':')[1]),
        .. new[] { "kubelet", "log", "cni" }.SelectMany(f => Below(machine.Inside(Path.Combine(machine.Disk, f)), directories: false)).Select(f => "file " + f[(f.IndexOf(machine.Disk, StringComparison.Ordinal) + machine.Disk.Length)..]).Order(StringComparer.Ordinal),
        .. Names("/run/containerd/io.containerd.runtime.v2.task/k8s.io").Select(n => "task " + n),
        .. (await RuntimeAsync("containers", "list", "-q")).Select(c => "container " + c),
        .. (await RuntimeAsync("snapshots", "list")).Skip(1).Select(s => "snapshot " + s.Split(' ')[0]),
        .. (await RuntimeAsync("leases", "list", "-q")).Select(l => "lease " + l),
    ];

    /// <summary>What is there now and was not before, and what was and is not.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(IReadOnlyList<string> before)
    {
        var now = await ReadAsync();
        return [.. Without(now, before).Select(t => "+ " + t), .. Without(before, now).Select(t => "- " + t)];
    }

    private static IEnumerable<string> Without(IEnumerable<string> these, IEnumerable<string> those)
    {
        var counts = those.CountBy(t => t).ToDictionary();
        foreach (var one in these)
        {
            if (counts.GetValueOrDefault(one) is > 0 and var left) counts[one] = left - 1;
            else yield return one;
        }
    }

    private IEnumerable<string> Processes()
    {
        foreach (var id in Names("/proc").Where(name => name.All(char.IsAsciiDigit)))
        {
            var line = "";
            try
            {
                line = File.ReadAllText(machine.Inside($"/proc/{id}/cmdline"), Encoding.UTF8).Replace('\0', ' ').Trim();
                if (line.Length == 0) line = $"({File.ReadAllText(machine.Inside($"/proc/{id}/comm")).Trim()})";
            }
            catch (IOException)
            {
                continue;       // it ended just now
            }

            yield return "process " + line;
        }
    }

    private IEnumerable<string> Mounts() => File.ReadLines($"/proc/{machine.Init}/mountinfo").Select(line => "mount " + line.Split(' ')[4]);

    private IEnumerable<string> Names(string folder) =>
        Directory.Exists(machine.Inside(folder)) ? Directory.EnumerateFileSystemEntries(machine.Inside(folder)).Select(f => Path.GetFileName(f)!) : [];

    private static IEnumerable<string> Below(string folder, bool directories) =>
        !Directory.Exists(folder) ? [] : directories ? Directory.EnumerateDirectories(folder, "*", Everything) : Directory.EnumerateFileSystemEntries(folder, "*", Everything);

    private Task<string[]> RuntimeAsync(params string[] arguments) => LinesAsync("ctr", ["--address", "/run/containerd/containerd.sock", "--namespace", "k8s.io", .. arguments]);

    private async Task<string[]> LinesAsync(string program, params string[] arguments) =>
        (await machine.RunAsync(program, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
