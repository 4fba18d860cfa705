using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Scale;

/// <summary>
/// The pods of upstream's test/integration/scheduler_perf: each asks for a tenth of a core and 500 MB. The numbers of nodes and
/// pods are the caller's.
/// </summary>
internal static class Workloads
{
    public const string Host = "kubernetes.io/hostname";
    public const string Zone = "topology.kubernetes.io/zone";

    /// <summary>The namespaces of the workloads that select namespaces by label.</summary>
    public const int Teams = 10;

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("SchedulingBasic", Plain),
        new("SchedulingPodAntiAffinity", n => Coloured(n, "green", spec => spec.Affinity = Avoiding(Host, "green"))),
        new("SchedulingPodAffinity", n => Coloured(n, "blue", spec => spec.Affinity = Following("topology.kubernetes.io/region", "blue"))),
        new("SchedulingPreferredPodAffinity", n => Coloured(n, "red", spec => spec.Affinity = new() { PodAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted("red")] } })),
        new("SchedulingPreferredPodAntiAffinity", n => Coloured(n, "yellow", spec => spec.Affinity = new() { PodAntiAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted("yellow")] } })),
        new("SchedulingNodeAffinity", n => Plain(n, spec => spec.Affinity = InZones("zone-1", "zone-2"))),
        new("TopologySpreading", Plain, n => Coloured(n, "blue", spec => spec.TopologySpreadConstraints = [Spread("DoNotSchedule")])),
        new("PreferredTopologySpreading", Plain, n => Coloured(n, "blue", spec => spec.TopologySpreadConstraints = [Spread("ScheduleAnyway")])),
        new("SchedulingWithNodeInclusionPolicy", Plain, n => Coloured(n, "blue", spec => spec.TopologySpreadConstraints = [Spread("DoNotSchedule", taints: "Honor")])),
        new("MixedSchedulingBasePod", Mixed, Plain),
        new("PreemptionBasic", n => Plain(n, spec => Asking(spec, "900m", "500Mi", 1)), n => Plain(n, spec => Asking(spec, "3", "500Mi", 10))),
        new("Unschedulable", n => Plain(n, spec => Asking(spec, "9", "500Mi", 0)), Plain, InitFits: false),
        new("SchedulingCSIPVs", n => Plain(n, spec => spec.Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = $"claim-{n}" } }])) { Objects = BoundVolume },
        new("SchedulingRequiredPodAntiAffinityWithNSSelector", n => OfTeam(n, "green", spec => spec.Affinity = Avoiding(Host, "green", Devops))),
        new("SchedulingPreferredAntiAffinityWithNSSelector", n => OfTeam(n, "yellow", spec => spec.Affinity = new() { PodAntiAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted("yellow", Devops)] } })),
        new("SchedulingRequiredPodAffinityWithNSSelector", n => OfTeam(n, "blue", spec => spec.Affinity = Following("topology.kubernetes.io/region", "blue", Devops))),
        new("SchedulingPreferredAffinityWithNSSelector", n => OfTeam(n, "red", spec => spec.Affinity = new() { PodAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted("red", Devops)] } })),
    ];

    private static LabelSelector Devops => new() { MatchLabels = new() { ["team"] = "devops" } };

    public static string Team(int number) => $"team-{number % Teams}";

    private static Pod Plain(int number) => Plain(number, static _ => { });

    private static Pod Plain(int number, Action<PodSpec> with)
    {
        var pod = new Pod
        {
            Metadata = new() { Name = $"pod-{number}", Namespace = Pods.Namespace },
            Spec = new() { Containers = [new() { Name = "main", Image = "registry.example/pause:1" }] },
        };
        Asking(pod.Spec, "100m", "500Mi", null);
        with(pod.Spec);
        return pod;
    }

    private static Pod Coloured(int number, string colour, Action<PodSpec> with)
    {
        var pod = Plain(number, with);
        pod.Metadata.Labels = new() { ["color"] = colour };
        return pod;
    }

    // A volume of a driver and a claim that are bound to each other already.
    private static IEnumerable<IObject> BoundVolume(int number)
    {
        var size = new Dictionary<string, Quantity> { ["storage"] = Quantity.Parse("1Gi") };
        yield return new PersistentVolume
        {
            Metadata = new() { Name = $"volume-{number}", Annotations = new() { ["pv.kubernetes.io/bound-by-controller"] = "true" } },
            Spec = new()
            {
                Capacity = size,
                AccessModes = ["ReadOnlyMany"],
                PersistentVolumeReclaimPolicy = "Retain",
                Csi = new() { Driver = "disk.example.com", VolumeHandle = $"handle-{number}" },
                ClaimRef = new() { Kind = "PersistentVolumeClaim", Namespace = Pods.Namespace, Name = $"claim-{number}" },
            },
        };
        yield return new PersistentVolumeClaim
        {
            Metadata = new() { Name = $"claim-{number}", Namespace = Pods.Namespace, Annotations = new() { ["pv.kubernetes.io/bind-completed"] = "true" } },
            Spec = new() { AccessModes = ["ReadOnlyMany"], StorageClassName = "", VolumeName = $"volume-{number}", Resources = new() { Requests = size } },
        };
    }

    private static Pod OfTeam(int number, string colour, Action<PodSpec> with)
    {
        var pod = Coloured(number, colour, with);
        pod.Metadata.Namespace = Team(number);
        return pod;
    }

    private static Pod Mixed(int number) => (number % 5) switch
    {
        1 => Coloured(number, "blue", spec => spec.Affinity = Following("topology.kubernetes.io/region", "blue")),
        2 => Coloured(number, "green", spec => spec.Affinity = Avoiding(Host, "green")),
        3 => Coloured(number, "red", spec => spec.Affinity = new() { PodAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted("red")] } }),
        4 => Coloured(number, "yellow", spec => spec.Affinity = new() { PodAntiAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [Weighted("yellow")] } }),
        _ => Plain(number),
    };

    private static void Asking(PodSpec spec, string cpu, string memory, int? priority)
    {
        spec.Priority = priority;
        spec.Containers[0].Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory) } };
    }

    private static Affinity Avoiding(string key, string colour, LabelSelector? namespaces = null) =>
        new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [Term(key, colour, namespaces)] } };

    private static Affinity Following(string key, string colour, LabelSelector? namespaces = null) =>
        new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [Term(key, colour, namespaces)] } };

    private static WeightedPodAffinityTerm Weighted(string colour, LabelSelector? namespaces = null) => new() { Weight = 1, PodAffinityTerm = Term(Host, colour, namespaces) };

    private static PodAffinityTerm Term(string key, string colour, LabelSelector? namespaces) =>
        new() { TopologyKey = key, LabelSelector = new() { MatchLabels = new() { ["color"] = colour } }, NamespaceSelector = namespaces };

    private static TopologySpreadConstraint Spread(string otherwise, string? taints = null) => new()
    {
        TopologyKey = Zone, MaxSkew = 5, WhenUnsatisfiable = otherwise, NodeTaintsPolicy = taints, LabelSelector = new() { MatchLabels = new() { ["color"] = "blue" } },
    };

    private static Affinity InZones(params List<string> zones) => new()
    {
        NodeAffinity = new()
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = Zone, Operator = "In", Values = zones }] }] },
        },
    };
}
