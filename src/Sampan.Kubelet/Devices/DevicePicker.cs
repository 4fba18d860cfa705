using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Devices;

/// <summary>Picks devices: those to take over first, then those next to the wanted NUMA nodes, in each group what the plugin prefers.</summary>
internal sealed class DevicePicker(DeviceTable table, DeviceEndpoint endpoint, string resource, IReadOnlyList<string> reusable, IReadOnlySet<string> free)
{
    private readonly List<string> _picked = [];

    /// <param name="count">How many.</param>
    /// <param name="nodes">The wanted NUMA nodes; null for any.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="AllocationException">There are too few.</exception>
    public async Task<IReadOnlyList<string>> PickAsync(int count, ulong? nodes, CancellationToken cancellationToken)
    {
        Take(reusable, count);
        if (count - _picked.Count is var missing && missing > free.Count)
        {
            throw new AllocationException($"requested number of devices unavailable for {resource}. Requested: {missing}, Available: {free.Count}");
        }

        var near = Near(nodes);
        if (near.Count > count - _picked.Count)
        {
            Take(await PreferAsync(near, count, cancellationToken), count);
            Take(near, count);
        }

        Take(near, count);
        if (_picked.Count < count)
        {
            Take(await PreferAsync([.. free], count, cancellationToken), count);
            Take(free.OrderBy(id => table.NodesOf(id) == 0).ThenBy(id => id, StringComparer.Ordinal), count);
        }

        return [.. _picked.Order(StringComparer.Ordinal)];
    }

    private List<string> Near(ulong? nodes)
    {
        var all = free.Order(StringComparer.Ordinal);
        return nodes is { } mask ? [.. all.Where(id => (table.NodesOf(id) & mask) != 0).OrderBy(id => NumaMask.Count(table.NodesOf(id)))] : [.. all];
    }

    private async Task<IEnumerable<string>> PreferAsync(List<string> from, int count, CancellationToken cancellationToken)
    {
        var preferred = await endpoint.PreferAsync(_picked.Concat(from).Distinct().Order(StringComparer.Ordinal), [.. _picked], count, cancellationToken);
        return preferred.Where(from.Contains);
    }

    private void Take(IEnumerable<string> ids, int count)
    {
        foreach (var id in ids.Except(_picked).Take(count - _picked.Count).ToList())
        {
            _picked.Add(id);
        }
    }
}
