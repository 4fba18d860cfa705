using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Groups in memory, by their paths.</summary>
internal sealed class FakeCgroups : ICgroups
{
    public Dictionary<string, CgroupResources> Groups { get; } = [];

    /// <summary>Groups whose processes were killed.</summary>
    public List<string> Killed { get; } = [];

    /// <summary>What every group uses.</summary>
    public long Memory { get; set; }

    /// <summary>A group that cannot have less memory than it uses.</summary>
    public string? Full { get; set; }

    public int Version { get; init; } = 2;

    public ICgroupNames Names { get; init; } = CgroupfsNames.Instance;

    public bool CanLimitSwap => false;

    public Task EnsureAsync(string path, CgroupResources resources, CancellationToken cancellationToken)
    {
        if (path == Full && resources.MemoryBytes is not null)
        {
            throw new IOException("Device or resource busy");
        }

        Groups[path] = resources;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        Groups.Remove(path);
        return Task.CompletedTask;
    }

    public void Kill(string path) => Killed.Add(path);

    public IReadOnlyList<string> Children(string path) => [.. Groups.Keys.Where(p => Path.GetDirectoryName(p) == path).Select(p => Path.GetFileName(p))];

    public CgroupUsage? Usage(string path) => Groups.ContainsKey(path) ? new CgroupUsage { Memory = Memory } : null;
}
