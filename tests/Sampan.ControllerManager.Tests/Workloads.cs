using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Tests;

/// <summary>Objects that tests start from, and the deeds of a kubelet.</summary>
internal static class Workloads
{
    public static Dictionary<string, string> App(string name = "web") => new() { ["app"] = name };

    public static PodTemplateSpec Template(string image) => new()
    {
        Metadata = new ObjectMeta { Labels = App() },
        Spec = new PodSpec { Containers = [new Container { Name = "web", Image = image, Ports = [new ContainerPort { ContainerPortValue = 80, Name = "http" }] }] },
    };

    public static ReplicaSet ReplicaSet(int replicas, string name = "web") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = App() },
        Spec = new ReplicaSetSpec { Replicas = replicas, Selector = new LabelSelector { MatchLabels = App() }, Template = Template("one") },
    };

    public static Deployment Deployment(int replicas, string image = "one") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = App() },
            Template = Template(image),
            Strategy = new DeploymentStrategy
            {
                Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeployment { MaxSurge = "25%", MaxUnavailable = "25%" },
            },
            RevisionHistoryLimit = 10,
            ProgressDeadlineSeconds = 600,
        },
    };

    public static Service Service(params (string Name, int Port)[] ports) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
        Spec = new ServiceSpec
        {
            ClusterIP = "10.96.0.20",
            Selector = App(),
            IpFamilies = ["IPv4"],
            Ports = [.. ports.Select(p => new ServicePort { Name = p.Name, Port = p.Port, Protocol = "TCP", TargetPort = "http" })],
        },
    };

    public static Pod Pod(string name, string? ip = null, bool ready = false, string? node = null)
    {
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = App() },
            Spec = Template("one").Spec,
            Status = new PodStatus { Phase = "Running", PodIP = ip, PodIPs = ip is null ? null : [new PodIP { Ip = ip }] },
        };
        pod.Spec.NodeName = node;
        if (ready) pod.Status.Conditions = [new PodCondition { Type = "Ready", Status = "True" }];
        return pod;
    }

    /// <summary>Runs all pods that do not run yet, or those that are chosen.</summary>
    public static void RunPods(Harness harness, Func<Pod, bool>? chosen = null)
    {
        foreach (var pod in harness.Api.List<Pod>())
        {
            if (pod.Status.Conditions is { Count: > 0 } || chosen?.Invoke(pod) == false) continue;
            var copy = pod.DeepClone();
            copy.Status.Phase = "Running";
            copy.Status.Conditions = [new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = harness.Time.GetUtcNow() }];
            harness.Api.Put(copy);
        }
    }
}
