namespace Sampan.Kubelet.Cgroups;

/// <summary>The host's control groups, whichever version it mounts.</summary>
internal static class CgroupHost
{
    public static ICgroups Detect(string root = "/sys/fs/cgroup") =>
        File.Exists(Path.Combine(root, "cgroup.controllers")) ? new CgroupsV2(root) : new CgroupsV1(root);

    /// <summary>A group is removed bottom-up, its processes killed first; the kernel may need a moment to reap them.</summary>
    internal static void RemoveTree(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var child in Directory.GetDirectories(directory))
        {
            RemoveTree(child);
        }

        for (var attempt = 0; !TryRemove(directory); attempt++)
        {
            KillAll(directory);
            if (attempt == 50)
            {
                throw new IOException($"cgroup {directory} still has processes after they were killed");
            }

            // Reaping is the kernel's work: give it the processor.
            Thread.Yield();
        }
    }

    /// <summary>Kills what runs in a group and below it; the groups stay.</summary>
    internal static void KillTree(string directory)
    {
        KillAll(directory);
        foreach (var child in ChildNames(directory))
        {
            KillTree(Path.Combine(directory, child));
        }
    }

    internal static IReadOnlyList<string> ChildNames(string directory) =>
        Directory.Exists(directory) ? [.. Directory.GetDirectories(directory).Select(d => Path.GetFileName(d))] : [];

    internal static IReadOnlyList<int> Processes(string directory) =>
        [.. CgroupFile.Text(Path.Combine(directory, "cgroup.procs")).Split('\n').Where(line => line.Length > 0).Select(int.Parse)];

    private static bool TryRemove(string directory)
    {
        try
        {
            Directory.Delete(directory);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void KillAll(string directory)
    {
        foreach (var id in Processes(directory).Where(id => id > 1))
        {
            Kill(id);
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended in the meantime.
        }
    }
}
