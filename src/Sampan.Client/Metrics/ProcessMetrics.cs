using System.Diagnostics;

namespace Sampan.Client.Metrics;

/// <summary>
/// What every process of ours says of itself: what it is, what it uses of its host, and which features and metrics it has, under the names
/// that every component and exporter has.
/// </summary>
public static class ProcessMetrics
{
    public static void AddTo(MetricRegistry registry)
    {
        KubernetesVersion.AddTo(registry);
        MetaMetrics.AddTo(registry);
        registry.Read("process_cpu_seconds_total", "Processor time used, in seconds.", "counter", () => Of(process => process.TotalProcessorTime.TotalSeconds));
        registry.Read("process_resident_memory_bytes", "Memory in use.", "gauge", () => Of(process => process.WorkingSet64));
        registry.Read("process_virtual_memory_bytes", "Addresses in use.", "gauge", () => Of(process => process.VirtualMemorySize64));
        registry.Read("process_start_time_seconds", "When the process started, in seconds since 1970.", "gauge", () => Of(StartSeconds));
        registry.Read("process_open_fds", "Open files and sockets.", "gauge", OpenFiles);
    }

    private static double Of(Func<Process, double> read)
    {
        using var process = Process.GetCurrentProcess();
        return read(process);
    }

    private static double StartSeconds(Process process) => (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;

    private static double OpenFiles() => Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;
}
