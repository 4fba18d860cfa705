namespace Sampan.Cluster.Host;

/// <summary>
/// The processes that hold containers for containerd. They outlive it by design, so the last of them are ended here,
/// with the containers they hold.
/// </summary>
internal static class RuntimeShims
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Ends the shims that belong to the containerd of this socket.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> StopAsync(string socket, TimeProvider time, CancellationToken ct)
    {
        var shims = Find(socket).ToList();
        foreach (var pid in shims.SelectMany(shim => Descendants(shim).Append(shim))) Signals.Send(pid, Signals.Kill);
        var deadline = time.GetUtcNow() + Limit;
        while (shims.Any(ProcessFile.IsAlive) && time.GetUtcNow() < deadline) await Task.Delay(TimeSpan.FromMilliseconds(10), time, ct);
        return shims.Count;
    }

    private static IEnumerable<int> Find(string socket) =>
        Processes().Where(pid => CommandLine(pid) is var line && line.Contains("containerd-shim", StringComparison.Ordinal) && line.Contains(socket, StringComparison.Ordinal));

    private static IEnumerable<int> Descendants(int parent) =>
        Processes().Where(pid => Parent(pid) == parent).SelectMany(child => Descendants(child).Append(child));

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var pid) ? pid : 0).Where(pid => pid > 0);

    private static string CommandLine(int pid) => Read(pid, "cmdline");

    private static int Parent(int pid)
    {
        var stat = Read(pid, "stat");
        return stat.Length > 0 && int.TryParse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], out var parent) ? parent : 0;
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
