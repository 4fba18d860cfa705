using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Nodes;

namespace Sampan.Kubelet.Simulated;

/// <summary>
/// What a simulated node says of itself. Addresses come from ranges that are never routed: nodes from the block for
/// benchmarks (RFC 2544), pods from class E.
/// </summary>
internal static class SimulatedNode
{
    private const uint FirstNodeAddress = 198u << 24 | 18u << 16;
    private const uint NodeAddresses = 1 << 17;
    private const uint FirstPodAddress = 240u << 24;

    public static bool IsSimulated(Node node) => node.Metadata.Annotations.OrEmpty().GetValueOrDefault(SimulationAnnotations.Node) == "true";

    public static bool IsSilent(Node node) => node.Metadata.Annotations.OrEmpty().GetValueOrDefault(SimulationAnnotations.Silent) == "true";

    public static string AddressOf(int number) => Format(FirstNodeAddress + (uint)number % NodeAddresses);

    /// <summary>The n-th address of a node's range.</summary>
    public static string PodAddress(int node, int n) => Format(FirstPodAddress + ((uint)node << 8) + 1 + (uint)(n % 254));

    public static Node Create(int number, SimulatedNodesOptions options)
    {
        var name = $"{options.NamePrefix}-{number}";
        var cidr = Format(FirstPodAddress + ((uint)number << 8)) + "/24";
        return new Node
        {
            Metadata = new()
            {
                Name = name,
                Labels = new()
                {
                    ["kubernetes.io/hostname"] = name,
                    ["kubernetes.io/os"] = "linux",
                    ["kubernetes.io/arch"] = "amd64",
                    ["node.kubernetes.io/instance-type"] = "simulated",
                    ["topology.kubernetes.io/region"] = "simulated",
                    ["topology.kubernetes.io/zone"] = $"zone-{(number % options.Zones) + 1}",
                },
                Annotations = new() { [SimulationAnnotations.Node] = "true" },
            },
            Spec = new() { PodCIDR = cidr, PodCIDRs = [cidr] },
            Status = Status(name, number, null, options),
        };
    }

    /// <summary>A ready node's status; what whoever made the node has said of its capacity stays.</summary>
    public static NodeStatus Status(string name, int number, NodeStatus? known, SimulatedNodesOptions options)
    {
        var capacity = known?.Capacity is { Count: > 0 } given ? given : new()
        {
            ["cpu"] = Quantity.Parse(options.Cpu),
            ["memory"] = Quantity.Parse(options.Memory),
            ["ephemeral-storage"] = Quantity.Parse("100Gi"),
            ["pods"] = new Quantity(options.MaxPods),
        };
        return new NodeStatus
        {
            Capacity = capacity,
            Allocatable = known?.Allocatable is { Count: > 0 } allocatable ? allocatable : capacity,
            Conditions = NodeConditions.Create([], _ => false, known?.Conditions ?? [], options.Time.GetUtcNow()),
            Addresses = [new() { Type = "InternalIP", Address = AddressOf(number) }, new() { Type = "Hostname", Address = name }],
            NodeInfo = new()
            {
                MachineID = name, SystemUUID = name, BootID = name, KernelVersion = "simulated", OsImage = "simulated",
                ContainerRuntimeVersion = "simulated://1.0.0", KubeletVersion = options.Version, OperatingSystem = "linux", Architecture = "amd64",
            },
        };
    }

    private static string Format(uint address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}");
}
