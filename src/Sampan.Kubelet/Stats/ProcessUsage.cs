using System.Globalization;
using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>What the processes of a container hold open, and how much of it the first of them may.</summary>
internal sealed record ProcessUsage(int Processes, long Files, long Sockets, long? MaxOpenFiles)
{
    private const string OpenFiles = "Max open files";

    public static ProcessUsage Of(IReadOnlyList<int> processes, string proc = "/proc")
    {
        var open = processes.SelectMany(id => Open(Path.Combine(proc, $"{id}", "fd"))).ToList();
        var sockets = open.Count(target => target.StartsWith("socket:", StringComparison.Ordinal));
        return new ProcessUsage(processes.Count, open.Count, sockets, processes.Count == 0 ? null : Limit(Path.Combine(proc, $"{processes[0]}", "limits")));
    }

    /// <summary>What the descriptors stand for; nothing of a process that has just ended.</summary>
    private static List<string> Open(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name ?? "")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary><c>Max open files   1024   524288   files</c>; -1 for as many as it likes.</summary>
    private static long? Limit(string file) => CgroupFile.Text(file).Split('\n').FirstOrDefault(line => line.StartsWith(OpenFiles, StringComparison.Ordinal)) is { } line
        ? long.TryParse(line[OpenFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var soft) ? soft : -1
        : null;
}
