using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Groups in memory, by their paths.</summary>
internal sealed class FakeCgroups : ICgroups
{
    public Dictionary<string, CgroupResources> Groups { get; } = [];

    /// <summary>A group that cannot have less memory than it uses.</summary>
    public string? Full { get; set; }

    public int Version { get; init; } = 2;

    public bool CanLimitSwap => false;

    public void Ensure(string path, CgroupResources resources)
    {
        if (path == Full && resources.MemoryBytes is not null)
        {
            throw new IOException("Device or resource busy");
        }

        Groups[path] = resources;
    }

    public void Remove(string path) => Groups.Remove(path);

    public IReadOnlyList<string> Children(string path) => [];

    public CgroupUsage? Usage(string path) => Groups.ContainsKey(path) ? new CgroupUsage() : null;
}
