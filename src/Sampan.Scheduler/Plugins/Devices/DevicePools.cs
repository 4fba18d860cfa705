using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The pools of devices that drivers announce, by the nodes that can reach them.</summary>
internal sealed class DevicePools
{
    private readonly Dictionary<string, List<DevicePool>> _ofNode = [];
    private readonly List<DevicePool> _ofMany = [];
    private readonly Dictionary<(string Driver, string Name), (List<ResourceSlice> Slices, DevicePool Pool)> _all = [];

    /// <param name="slices">All slices.</param>
    /// <param name="before">The pools before some slices changed; those that did not are taken over.</param>
    public DevicePools(IEnumerable<ResourceSlice> slices, DevicePools? before = null)
    {
        foreach (var group in slices.GroupBy(slice => (slice.Spec.Driver, slice.Spec.Pool.Name)).OrderBy(group => group.Key))
        {
            var generation = group.Max(slice => slice.Spec.Pool.Generation);
            var newest = group.Where(slice => slice.Spec.Pool.Generation == generation).OrderBy(slice => slice.Metadata.Name, StringComparer.Ordinal).ToList();
            var pool = before?._all.GetValueOrDefault(group.Key) is { Pool: not null } known && known.Slices.SequenceEqual(newest) ? known.Pool
                : new DevicePool(group.Key.Driver, group.Key.Name, newest.ConvertAll(slice => slice.Spec));
            _all[group.Key] = (newest, pool);
            Index(pool);
        }
    }

    public IEnumerable<DevicePool> ReachableFrom(Node node) => _ofNode.GetValueOrDefault(node.Metadata.Name!, []).Union(_ofMany);

    private void Index(DevicePool pool)
    {
        if (pool.IsForMany) _ofMany.Add(pool);
        foreach (var node in pool.Nodes)
        {
            if (!_ofNode.TryGetValue(node, out var list)) _ofNode[node] = list = [];
            list.Add(pool);
        }
    }
}
