using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>What the conformance tests create.</summary>
internal static class Objects
{
    public static Pod Pod(string ns, string name, string? cpu = null) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = name },
        Spec = PodSpec(cpu),
    };

    public static Service Service(string ns, string name, string type = "ClusterIP") => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = name },
        Spec = new ServiceSpec { Type = type, Selector = new() { ["foo"] = "bar" }, Ports = [new ServicePort { Port = 80, TargetPort = 80 }] },
    };

    public static ConfigMap ConfigMap(string ns, string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = name },
        Data = new() { ["key"] = "value" },
    };

    public static ReplicationController Replicas(string ns, string name, int replicas) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = name },
        Spec = new ReplicationControllerSpec
        {
            Replicas = replicas,
            Selector = new() { ["gctest"] = name },
            Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = new() { ["gctest"] = name } }, Spec = PodSpec(null) },
        },
    };

    public static Deployment Deployment(string ns, string name, int replicas) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = name },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = new() { ["gctest"] = name } },
            Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = new() { ["gctest"] = name } }, Spec = PodSpec(null) },
        },
    };

    private static PodSpec PodSpec(string? cpu) => new()
    {
        TerminationGracePeriodSeconds = 0,
        Containers =
        [
            new Container
            {
                Name = "nginx", Image = "nginx:1",
                Resources = new() { Requests = cpu is null ? null : new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse("16Mi") } },
            },
        ],
    };
}
