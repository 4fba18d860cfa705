using Sampan.Client.Grpc;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Stats;

/// <summary><c>/metrics/cadvisor</c>: containers in more detail, under the names that cAdvisor gave them.</summary>
internal sealed class CadvisorMetrics(UsageReader reader, PodCgroups cgroups, Func<(long Cores, long Memory)> machine)
{
    private const double Nano = 1e-9;
    private const double Micro = 1e-6;
    private const string Counter = "counter";
    private const string Gauge = "gauge";
    private const string CpuHelp = "Cumulative cpu time consumed in seconds.";
    private const string WorkingSetHelp = "Current working set in bytes.";
    private const string UsageHelp = "Current memory usage in bytes, including all memory regardless of when it was accessed";
    private const string RssHelp = "Size of RSS in bytes.";

    public async Task<string> RenderAsync(CancellationToken cancellationToken)
    {
        var text = new SampleText();
        var failures = 0;
        text.Add("machine_cpu_cores", Gauge, "Number of logical CPU cores.", machine().Cores);
        text.Add("machine_memory_bytes", Gauge, "Amount of memory installed on the machine.", machine().Memory);
        text.Add("machine_swap_bytes", Gauge, "Amount of swap memory available on the machine.", HostFacts.SwapBytes());
        text.Add("machine_scrape_error", Gauge, "1 if there was an error while getting machine metrics, 0 otherwise.", 0);
        AddLevels(text);
        try
        {
            foreach (var pod in (await reader.ReadAsync(cancellationToken)).Pods)
            {
                Add(text, pod);
            }
        }
        catch (RpcException)
        {
            failures = 1;
        }

        text.Add("container_scrape_error", Gauge, "1 if there was an error while getting container metrics, 0 otherwise", failures);
        return text.ToString();
    }

    /// <summary>The machine as a whole, all pods, and each class of them: groups without a pod's name.</summary>
    private void AddLevels(SampleText text)
    {
        var levels = cgroups.UsageOfLevels();
        foreach (var (path, usage) in cgroups.UsageOfRoot() is { } root ? levels.Prepend(("/", root)) : levels)
        {
            var scope = new Scope(text, "", "", "", "", path, "");
            scope.Add("container_cpu_usage_seconds_total", Counter, CpuHelp, usage.CpuNanoseconds * Nano, null, ("cpu", "total"));
            scope.Add("container_memory_working_set_bytes", Gauge, WorkingSetHelp, usage.WorkingSet);
            scope.Add("container_memory_usage_bytes", Gauge, UsageHelp, usage.Memory);
            scope.Add("container_memory_rss", Gauge, RssHelp, usage.Rss);
            Add(scope, usage);
        }
    }

    private void Add(SampleText text, PodStats pod)
    {
        var group = cgroups.PathOf(pod.Pod);
        var whole = new Scope(text, pod.Pod.Metadata.Namespace, pod.Pod.Metadata.Name, "", "", group, "");
        Add(whole, pod.Cpu, pod.Memory, pod.StartedAt);
        Add(whole, cgroups.UsageOf(pod.Pod));
        foreach (var usage in pod.Network.Value)
        {
            AddNetwork(whole, usage, pod.Cpu?.Time);
        }

        foreach (var container in pod.Containers)
        {
            var scope = whole with { Container = container.Name, Name = container.Id, Id = cgroups.PathOf(pod.Pod, container.Id), Image = container.Image };
            Add(scope, container.Cpu, container.Memory, container.StartedAt);
            Add(scope, cgroups.UsageOf(pod.Pod, container.Id));
            AddProcesses(scope, ProcessUsage.Of(cgroups.ProcessesOf(pod.Pod, container.Id)));
            AddSpecification(scope, pod, container);
        }
    }

    private static void Add(Scope scope, CpuStats? cpu, MemoryStats? memory, DateTimeOffset startedAt)
    {
        scope.Add("container_last_seen", Gauge, "Last time a container was seen by the exporter", (cpu?.Time ?? startedAt).ToUnixTimeSeconds());
        scope.Add("container_start_time_seconds", Gauge, "Start time of the container since unix epoch in seconds.", startedAt.ToUnixTimeSeconds());
        if (cpu is not null)
        {
            scope.Add("container_cpu_usage_seconds_total", Counter, CpuHelp, cpu.CoreNanoseconds * Nano, cpu.Time, ("cpu", "total"));
        }

        if (memory is not null)
        {
            scope.Add("container_memory_working_set_bytes", Gauge, WorkingSetHelp, memory.WorkingSet, memory.Time);
            scope.Add("container_memory_usage_bytes", Gauge, UsageHelp, memory.Usage ?? memory.WorkingSet, memory.Time);
            scope.Add("container_memory_rss", Gauge, RssHelp, memory.Rss ?? 0, memory.Time);
        }
    }

    private static void Add(Scope scope, CgroupUsage? usage)
    {
        if (usage is null)
        {
            return;
        }

        scope.Add("container_cpu_cfs_periods_total", Counter, "Number of elapsed enforcement period intervals.", usage.Periods);
        scope.Add("container_cpu_cfs_throttled_periods_total", Counter, "Number of throttled period intervals.", usage.ThrottledPeriods);
        scope.Add("container_cpu_cfs_throttled_seconds_total", Counter, "Total time duration the container has been throttled.", usage.ThrottledNanoseconds * Nano);
        scope.Add("container_cpu_user_seconds_total", Counter, "Cumulative user cpu time consumed in seconds.", usage.UserNanoseconds * Nano);
        scope.Add("container_cpu_system_seconds_total", Counter, "Cumulative system cpu time consumed in seconds.", usage.SystemNanoseconds * Nano);
        scope.Add("container_memory_total_active_file_bytes", Gauge, "Current total active file in bytes.", usage.ActiveFile);
        scope.Add("container_memory_total_inactive_file_bytes", Gauge, "Current total inactive file in bytes.", usage.InactiveFile);
        scope.Add("container_memory_kernel_usage", Gauge, "Size of kernel memory allocated in bytes.", usage.KernelMemory);
        scope.Add("container_memory_failcnt", Counter, "Number of memory usage hits limits", usage.LimitHits);
        scope.Add("container_oom_events_total", Counter, "Count of out of memory events observed for the container", usage.OomKills);
        AddPressure(scope, "cpu", "CPU", usage.Pressures.Cpu);
        AddPressure(scope, "memory", "memory", usage.Pressures.Memory);
        AddPressure(scope, "io", "IO", usage.Pressures.Io);
        scope.Add("container_memory_cache", Gauge, "Number of bytes of page cache memory.", usage.Cache);
        scope.Add("container_memory_mapped_file", Gauge, "Size of memory mapped files in bytes.", usage.MappedFile);
        scope.Add("container_memory_max_usage_bytes", Gauge, "Maximum memory usage recorded in bytes", usage.MaxMemory);
        scope.Add("container_memory_swap", Gauge, "Container swap usage in bytes.", usage.Swap);
        scope.Add("container_memory_failures_total", Counter, "Cumulative count of memory allocation failures.", usage.PageFaults, null, ("failure_type", "pgfault"), ("scope", "hierarchy"));
        scope.Add("container_memory_failures_total", Counter, "Cumulative count of memory allocation failures.", usage.MajorPageFaults, null, ("failure_type", "pgmajfault"), ("scope", "hierarchy"));
        scope.Add("container_threads", Gauge, "Number of threads running inside the container", usage.Processes);
        scope.Add("container_threads_max", Gauge, "Maximum number of threads allowed inside the container, infinity if value is zero", usage.MaxProcesses);
        foreach (var disk in usage.Disks.Value)
        {
            AddDisk(scope, disk);
        }
    }

    private static void AddProcesses(Scope scope, ProcessUsage usage)
    {
        scope.Add("container_processes", Gauge, "Number of processes running inside the container.", usage.Processes);
        scope.Add("container_file_descriptors", Gauge, "Number of open file descriptors for the container.", usage.Files);
        scope.Add("container_sockets", Gauge, "Number of open sockets for the container.", usage.Sockets);
        if (usage.MaxOpenFiles is { } most)
        {
            scope.Add("container_ulimits_soft", Gauge, "Soft ulimit values for the container root process. Unlimited if -1, except priority and nice", most, null, ("ulimit", "max_open_files"));
        }
    }

    private static void AddDisk(Scope scope, DiskUsage disk)
    {
        var (name, numbers) = (BlockDevices.Name(disk.Device), disk.Device.Split(':'));
        var device = ("device", name);
        scope.Add("container_fs_reads_bytes_total", Counter, "Cumulative count of bytes read", disk.ReadBytes, null, device);
        scope.Add("container_fs_reads_total", Counter, "Cumulative count of reads completed", disk.Reads, null, device);
        scope.Add("container_fs_writes_bytes_total", Counter, "Cumulative count of bytes written", disk.WrittenBytes, null, device);
        scope.Add("container_fs_writes_total", Counter, "Cumulative count of writes completed", disk.Writes, null, device);
        foreach (var (operation, bytes) in new[] { ("Read", disk.ReadBytes), ("Write", disk.WrittenBytes) })
        {
            scope.Add("container_blkio_device_usage_total", Counter, "Blkio Device bytes usage", bytes, null, device, ("major", numbers[0]), ("minor", numbers[^1]), ("operation", operation));
        }
    }

    private static void AddPressure(Scope scope, string resource, string title, Pressure? pressure)
    {
        if (pressure is not null)
        {
            scope.Add($"container_pressure_{resource}_stalled_seconds_total", Counter, $"Total time duration no tasks in the container could make progress due to {title} congestion.", pressure.Full.Total * Micro);
            scope.Add($"container_pressure_{resource}_waiting_seconds_total", Counter, $"Total time duration tasks in the container have waited due to {title} congestion.", pressure.Some.Total * Micro);
        }
    }

    private static void AddNetwork(Scope scope, NetworkInterfaceUsage usage, DateTimeOffset? at)
    {
        var device = ("interface", usage.Name);
        scope.Add("container_network_receive_bytes_total", Counter, "Cumulative count of bytes received", usage.RxBytes, at, device);
        scope.Add("container_network_receive_errors_total", Counter, "Cumulative count of errors encountered while receiving", usage.RxErrors, at, device);
        scope.Add("container_network_transmit_bytes_total", Counter, "Cumulative count of bytes transmitted", usage.TxBytes, at, device);
        scope.Add("container_network_transmit_errors_total", Counter, "Cumulative count of errors encountered while transmitting", usage.TxErrors, at, device);
        if (usage.Packets is { } packets)
        {
            scope.Add("container_network_receive_packets_total", Counter, "Cumulative count of packets received", packets.Rx, at, device);
            scope.Add("container_network_receive_packets_dropped_total", Counter, "Cumulative count of packets dropped while receiving", packets.RxDropped, at, device);
            scope.Add("container_network_transmit_packets_total", Counter, "Cumulative count of packets transmitted", packets.Tx, at, device);
            scope.Add("container_network_transmit_packets_dropped_total", Counter, "Cumulative count of packets dropped while transmitting", packets.TxDropped, at, device);
        }
    }

    private void AddSpecification(Scope scope, PodStats pod, ContainerStats container)
    {
        if (pod.Pod.FindContainer(container.Name) is not { } specification)
        {
            return;
        }

        var limits = cgroups.Limits.ForContainer(pod.Pod, specification);
        scope.Add("container_spec_cpu_period", Gauge, "CPU period of the container.", limits.CpuPeriod);
        if (limits.CpuQuota > 0)
        {
            scope.Add("container_spec_cpu_quota", Gauge, "CPU quota of the container.", limits.CpuQuota);
        }

        scope.Add("container_spec_cpu_shares", Gauge, "CPU share of the container.", limits.CpuShares);
        scope.Add("container_spec_memory_limit_bytes", Gauge, "Memory limit for the container.", limits.MemoryLimitInBytes);
        scope.Add("container_spec_memory_reservation_limit_bytes", Gauge, "Memory reservation limit for the container.", 0);
        scope.Add("container_spec_memory_swap_limit_bytes", Gauge, "Memory swap limit for the container.", Math.Max(limits.MemorySwapLimitInBytes, 0));
        if (container.RootFs is { } fs)
        {
            scope.Add("container_fs_usage_bytes", Gauge, "Number of bytes that are consumed by the container on this filesystem.", fs.Used, fs.Time, ("device", ""));
            scope.Add("container_fs_limit_bytes", Gauge, "Number of bytes that can be consumed by the container on this filesystem.", fs.Of.Capacity, fs.Time, ("device", ""));
        }
    }

    /// <summary>The labels of one pod's or container's samples; those of a sample's own come among them in order of their names.</summary>
    private sealed record Scope(SampleText Text, string Namespace, string Pod, string Container, string Image, string Id, string Name)
    {
        public void Add(string name, string type, string help, double value, DateTimeOffset? at = null, params ReadOnlySpan<(string Name, string Value)> own)
        {
            (string Name, string Value)[] labels =
                [("container", Container), ("id", Id), ("image", Image), ("name", Name), ("namespace", Namespace), ("pod", Pod), .. own];
            Array.Sort(labels, (a, b) => string.CompareOrdinal(a.Name, b.Name));
            Text.Add(name, type, help, value, at, labels);
        }
    }
}
