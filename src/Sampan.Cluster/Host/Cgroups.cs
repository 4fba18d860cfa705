namespace Sampan.Cluster.Host;

/// <summary>Removal of the cgroups that pods ran in, for cgroup v1 (one tree per controller) and v2 (one tree).</summary>
internal static class Cgroups
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>Removes a cgroup with all below it, in every hierarchy. One that still has processes stays.</summary>
    public static void RemoveTree(string name)
    {
        if (!Directory.Exists(Root)) return;
        foreach (var hierarchy in Directory.EnumerateDirectories(Root).Append(Root))
        {
            var tree = Path.Combine(hierarchy, name.TrimStart('/'));
            if (Directory.Exists(tree)) Remove(tree);
        }
    }

    // A cgroup's files go with it: only the folders are removed, the deepest first.
    private static void Remove(string folder)
    {
        foreach (var child in Directory.EnumerateDirectories(folder)) Remove(child);
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Busy: a process is still in it.
        }
    }
}
