using System.Collections.Concurrent;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// Groups that systemd makes as slices, so that it and the kubelet do not undo each other's work. What it does not know is
/// written into the group afterwards, as all else is read there.
/// <code>
/// Ensure: StartTransientUnit, or SetUnitProperties where the slice is there   →  limits in the group
/// Remove: kill, stop the slice                                                →  what is left of the group
/// </code>
/// </summary>
/// <param name="kernel">The groups themselves.</param>
/// <param name="units">systemd.</param>
internal sealed class SystemdCgroups(ICgroups kernel, SystemdUnits units) : ICgroups
{
    /// <summary>What systemd has been told of each slice: it is not told again.</summary>
    private readonly ConcurrentDictionary<string, IReadOnlyList<UnitProperty>> _told = new();

    public int Version => kernel.Version;

    public ICgroupNames Names => SystemdNames.Instance;

    public bool CanLimitSwap => kernel.CanLimitSwap;

    public async Task EnsureAsync(string path, CgroupResources resources, CancellationToken cancellationToken)
    {
        var rounded = SliceProperties.Rounded(resources);
        IReadOnlyList<UnitProperty> limits = [.. SliceProperties.OfLimits(rounded, Version)];
        var before = kernel.Exists(path) ? _told.GetValueOrDefault(path) : null;
        if (before is null || !before.SequenceEqual(limits))
        {
            await TellAsync(path, before is null, limits, cancellationToken);
            _told[path] = limits;
        }

        await kernel.EnsureAsync(path, rounded, cancellationToken);
    }

    public async Task RemoveAsync(string path, CancellationToken cancellationToken)
    {
        if (_told.TryRemove(path, out _) | kernel.Exists(path))
        {
            // systemd asks processes to end first, and waits long for those that do not.
            kernel.Kill(path);
            await units.StopAsync(SystemdNames.UnitOf(path), cancellationToken);
        }

        await kernel.RemoveAsync(path, cancellationToken);
    }

    public bool Exists(string path) => kernel.Exists(path);

    public void Kill(string path) => kernel.Kill(path);

    public IReadOnlyList<string> Children(string path) => kernel.Children(path);

    public CgroupUsage? Usage(string path) => kernel.Usage(path);

    public IReadOnlyList<int> Processes(string path) => kernel.Processes(path);

    public Pressures PressuresOf(string path) => kernel.PressuresOf(path);

    private async Task TellAsync(string path, bool isNew, IReadOnlyList<UnitProperty> limits, CancellationToken cancellationToken)
    {
        var unit = SystemdNames.UnitOf(path);
        if (!isNew)
        {
            await units.ChangeAsync(unit, limits, cancellationToken);
        }
        else if (await TryCreateAsync(unit, SystemdNames.ParentOf(path), limits, cancellationToken) is { } refusal)
        {
            await ChangeAsync(unit, limits, refusal, cancellationToken);
        }

        if (isNew)
        {
            await units.StartAsync(unit, cancellationToken);
        }
    }

    /// <summary>Whoever could not make the unit wants to know why, where it is not there to be changed either.</summary>
    private async Task ChangeAsync(string unit, IReadOnlyList<UnitProperty> limits, IOException refusal, CancellationToken cancellationToken)
    {
        try
        {
            await units.ChangeAsync(unit, limits, cancellationToken);
        }
        catch (IOException e)
        {
            throw new IOException($"{refusal.Message}; {e.Message}", refusal);
        }
    }

    /// <returns>Why that fails, most likely since there is such a unit: changing it will tell. Null where it is made.</returns>
    private async Task<IOException?> TryCreateAsync(string unit, string parent, IReadOnlyList<UnitProperty> limits, CancellationToken cancellationToken)
    {
        try
        {
            await units.CreateAsync(unit, SliceProperties.OfNew(unit, parent, Version).Concat(limits), cancellationToken);
            return null;
        }
        catch (IOException e)
        {
            return e;
        }
    }
}
