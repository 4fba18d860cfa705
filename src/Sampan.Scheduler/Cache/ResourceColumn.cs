namespace Sampan.Scheduler.Cache;

/// <summary>What is left of one resource on each node, by slot.</summary>
internal sealed class ResourceColumn
{
    private long[] _free = [];

    public ReadOnlySpan<long> From(int first, int count)
    {
        if (_free.Length < first + count) Array.Resize(ref _free, Math.Max(first + count, _free.Length * 2));
        return _free.AsSpan(first, count);
    }

    public void Set(int slot, long free)
    {
        if (slot >= _free.Length) Array.Resize(ref _free, Math.Max(slot + 1, _free.Length * 2));
        _free[slot] = free;
    }
}
