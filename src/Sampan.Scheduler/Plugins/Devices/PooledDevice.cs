using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>A device with the slice that announces it.</summary>
internal sealed class PooledDevice(ResourceSliceSpec slice, Device device)
{
    private Dictionary<DeviceSelectorProgram, DeviceMatch>? _matches;

    public Device Device => device;

    public DeviceId Id { get; } = new(slice.Driver, slice.Pool.Name, device.Name);

    /// <summary>Several claims may share it, each with a part of its capacity.</summary>
    public bool IsShared => device.AllowMultipleAllocations == true;

    /// <summary>Only this node can use it.</summary>
    public string? OnlyNode => IsPerDevice ? device.NodeName : slice.NodeName;

    /// <summary>The nodes that can use it; null: one by name, or all.</summary>
    public NodeSelector? NodeSelector => IsPerDevice ? device.NodeSelector : slice.NodeSelector;

    private bool IsPerDevice => slice.PerDeviceNodeSelection == true;

    private bool? AllNodes => IsPerDevice ? device.AllNodes : slice.AllNodes;

    public bool IsReachableFrom(Node node) =>
        OnlyNode is { Length: > 0 } name ? name == node.Metadata.Name : AllNodes == true || (NodeSelector is { } selector && NodeSelectorTerms.Matches(selector, node));

    /// <summary>Whether an expression selects it; worked out once.</summary>
    public DeviceMatch Match(DeviceSelectorProgram program)
    {
        _matches ??= [];
        if (!_matches.TryGetValue(program, out var match)) _matches[program] = match = program.Match(slice.Driver, device);
        return match;
    }

    /// <summary>The attribute of that name, qualified by the driver's when it has no domain of its own.</summary>
    public DeviceAttribute? Attribute(string name) => QualifiedNames.Find(device.Attributes.OrEmpty(), name, slice.Driver).Value;
}
