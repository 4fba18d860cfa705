using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Integration.Tests.Cluster;

/// <summary>Small objects that the tests create.</summary>
internal static class Samples
{
    public static Namespace Namespace(string name) => new() { Metadata = new ObjectMeta { Name = name } };

    public static ConfigMap ConfigMap(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Data = new() { ["key"] = "value" },
    };

    public static Pod Pod(string name, string cpu = "100m") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = PodSpec("nginx:1", cpu),
    };

    public static Deployment Deployment(int replicas, string ns = "default") => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = "web" },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = new() { ["app"] = "web" } },
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = new() { ["app"] = "web" } },
                // An eighth of a hollow node, so that the least used node is always a clear choice.
                Spec = PodSpec("nginx:1", "4"),
            },
        },
    };

    private static PodSpec PodSpec(string image, string cpu) => new()
    {
        TerminationGracePeriodSeconds = 0,
        Containers =
        [
            new Container
            {
                Name = "web", Image = image,
                Resources = new ResourceRequirements { Requests = new() { ["cpu"] = Quantity.Parse(cpu) } },
            },
        ],
    };
}
