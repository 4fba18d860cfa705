using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Tests;

/// <summary>Small nodes and pods for the tests.</summary>
internal static class Make
{
    public static Node Node(string name, string cpu = "4", string memory = "8Gi", string pods = "110", Action<Node>? with = null)
    {
        var node = new Node
        {
            Metadata = new ObjectMeta { Name = name, Labels = new() { ["kubernetes.io/hostname"] = name } },
            Status = new NodeStatus
            {
                Allocatable = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory), ["pods"] = Quantity.Parse(pods) },
            },
        };
        with?.Invoke(node);
        return node;
    }

    public static Pod Pod(string name, string? cpu = null, string? memory = null, string? node = null, Action<Pod>? with = null)
    {
        var requests = new Dictionary<string, Quantity>();
        if (cpu is not null) requests["cpu"] = Quantity.Parse(cpu);
        if (memory is not null) requests["memory"] = Quantity.Parse(memory);
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = "uid-" + name },
            Spec = new PodSpec
            {
                NodeName = node,
                SchedulerName = "default-scheduler",
                Containers = [new Container { Name = "main", Resources = new ResourceRequirements { Requests = requests } }],
            },
        };
        with?.Invoke(pod);
        return pod;
    }

    public static PodInfo Info(string name, string? cpu = null, string? memory = null, string? node = null, Action<Pod>? with = null) =>
        new(Pod(name, cpu, memory, node, with));
}
