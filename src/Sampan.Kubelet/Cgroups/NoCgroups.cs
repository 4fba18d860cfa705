namespace Sampan.Kubelet.Cgroups;

/// <summary>No groups at all, for a simulated runtime.</summary>
internal sealed class NoCgroups : ICgroups
{
    public bool CanLimitSwap => false;

    public void Ensure(string path, CgroupResources resources)
    {
    }

    public void Remove(string path)
    {
    }

    public IReadOnlyList<string> Children(string path) => [];

    public CgroupUsage? Usage(string path) => null;
}
