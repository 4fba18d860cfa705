using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>A device with the slice that announces it.</summary>
internal sealed record PooledDevice(ResourceSliceSpec Slice, Device Device)
{
    public DeviceId Id { get; } = new(Slice.Driver, Slice.Pool.Name, Device.Name);

    public bool IsReachableFrom(Node node) => Slice.PerDeviceNodeSelection == true
        ? IsReachable(Device.NodeName, Device.NodeSelector, Device.AllNodes, node)
        : IsReachable(Slice.NodeName, Slice.NodeSelector, Slice.AllNodes, node);

    /// <summary>Only this node can use it.</summary>
    public string? OnlyNode => Device.NodeName ?? Slice.NodeName;

    /// <summary>The nodes that can use it; null: one by name, or all.</summary>
    public NodeSelector? NodeSelector => Device.NodeSelector ?? Slice.NodeSelector;

    /// <summary>The attribute of that name, qualified by the driver's when it has no domain of its own.</summary>
    public DeviceAttribute? Attribute(string name)
    {
        var attributes = Device.Attributes.OrEmpty();
        if (attributes.TryGetValue(name, out var attribute)) return attribute;
        var prefix = Slice.Driver + "/";
        return name.StartsWith(prefix, StringComparison.Ordinal) ? attributes.GetValueOrDefault(name[prefix.Length..]) : null;
    }

    private static bool IsReachable(string? name, NodeSelector? selector, bool? all, Node node) =>
        all == true || (name is not null && name == node.Metadata.Name) || (selector is not null && NodeSelectorTerms.Matches(selector, node));
}
