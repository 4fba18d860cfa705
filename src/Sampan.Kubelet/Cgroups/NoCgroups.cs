namespace Sampan.Kubelet.Cgroups;

/// <summary>No groups at all, for a simulated runtime.</summary>
internal sealed class NoCgroups : ICgroups
{
    public bool CanLimitSwap => false;

    public Task EnsureAsync(string path, CgroupResources resources, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string path, CancellationToken cancellationToken) => Task.CompletedTask;

    public IReadOnlyList<string> Children(string path) => [];

    public CgroupUsage? Usage(string path) => null;
}
