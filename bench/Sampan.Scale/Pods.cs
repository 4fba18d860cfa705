using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Scale;

/// <summary>The pods of a run: of several applications, each pod asking for a tenth of a core and 128 MiB.</summary>
internal sealed class Pods(Shape shape, int nodes, int count)
{
    public const string Namespace = "scale";

    // With anti-affinity an application cannot have more pods than there are nodes.
    private readonly int _applications = Math.Max(10, count / Math.Max(1, nodes / 2));

    public Pod Create(int number)
    {
        var labels = new Dictionary<string, string> { ["app"] = $"app-{number % _applications}" };
        var pod = new Pod
        {
            Metadata = new() { Name = $"pod-{number}", Namespace = Namespace, Labels = labels },
            Spec = new()
            {
                Containers =
                [
                    new()
                    {
                        Name = "main",
                        Image = "registry.example/app:1",
                        Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse("100m"), ["memory"] = Quantity.Parse("128Mi") } },
                    },
                ],
            },
        };
        Constrain(pod.Spec, shape == Shape.Mixed ? (Shape)(1 + (number % _applications % 3)) : shape, new() { MatchLabels = labels });
        return pod;
    }

    /// <summary>A pod that fits nowhere.</summary>
    public static Pod Large(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = Namespace },
        Spec = new() { Containers = [new() { Name = "main", Image = "registry.example/app:1", Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse("9000") } } }] },
    };

    private static void Constrain(PodSpec spec, Shape shape, LabelSelector alike)
    {
        switch (shape)
        {
            case Shape.Spread:
                spec.TopologySpreadConstraints =
                [
                    new() { TopologyKey = "topology.kubernetes.io/zone", MaxSkew = 1, WhenUnsatisfiable = "DoNotSchedule", LabelSelector = alike },
                    new() { TopologyKey = "kubernetes.io/hostname", MaxSkew = 1, WhenUnsatisfiable = "ScheduleAnyway", LabelSelector = alike },
                ];
                break;
            case Shape.Affinity:
                spec.Affinity = new()
                {
                    PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "topology.kubernetes.io/zone", LabelSelector = alike }] },
                };
                break;
            case Shape.AntiAffinity:
                spec.Affinity = new()
                {
                    PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = alike }] },
                };
                break;
        }
    }
}
