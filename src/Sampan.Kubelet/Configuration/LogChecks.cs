using Sampan.Api;

namespace Sampan.Kubelet.Configuration;

/// <summary>Where logs lie, and how they are put aside.</summary>
internal static class LogChecks
{
    private static readonly Duration ShortestInterval = TimeSpan.FromSeconds(3);

    public static IEnumerable<string> Of(KubeletConfiguration c)
    {
        if (c.EnableSystemLogQuery && !c.EnableSystemLogHandler) yield return "enableSystemLogHandler is required for enableSystemLogQuery";
        if (!Quantity.TryParse(c.ContainerLogMaxSize, out var size) || size.AsLong() <= 0) yield return $"containerLogMaxSize \"{c.ContainerLogMaxSize}\" must be a positive quantity";
        if (c.ContainerLogMaxWorkers < 1) yield return "containerLogMaxWorkers must be greater than or equal to 1";
        if (c.ContainerLogMonitorInterval < ShortestInterval) yield return "containerLogMonitorInterval must be a positive time duration greater than or equal to 3s";
        if (c.ContainerLogMaxFiles <= 1) yield return "containerLogMaxFiles must be greater than 1";
        if (c.PodLogsDir.Length == 0) yield return "podLogsDir was not specified";
        if (!Path.IsPathRooted(c.PodLogsDir)) yield return $"pod logs path \"{c.PodLogsDir}\" must be absolute path";
        else if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(c.PodLogsDir)) != c.PodLogsDir) yield return $"pod logs path \"{c.PodLogsDir}\" must be normalized";
        if (c.PodLogsDir.Any(character => character > 127)) yield return $"pod logs path \"{c.PodLogsDir}\" mut contains ASCII characters only";
    }
}
