using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Tests;

/// <summary>Which changes bring back a pod that a plugin refused, and which don't.</summary>
public sealed class QueueingHintTests
{
    private static readonly Dictionary<string, (string Plugin, PodInfo Pod, ClusterEvent Change, bool Helps)> Cases = new()
    {
        ["a large node for a large pod"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), NodeAdd(Make.Node("n", cpu: "4")), true),
        ["a small node for a large pod"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), NodeAdd(Make.Node("n", cpu: "1")), false),
        ["a node grows enough"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), NodeChange(ClusterEventKind.NodeAllocatable, Make.Node("n", cpu: "2")), true),
        ["a node gets a label"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), NodeChange(ClusterEventKind.NodeLabel, Make.Node("n")), false),
        ["a pod leaves"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), Gone(Make.Info("o")), true),
        ["a pod shrinks"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), new(ClusterEventKind.AssignedPodScaleDown, Pod: Make.Info("o")), true),
        ["a pod arrives"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), Came(Make.Info("o")), false),
        ["the wanted label appears"] = ("NodeAffinity", Wants("ssd"), NodeChange(ClusterEventKind.NodeLabel, Labelled("ssd")), true),
        ["another label appears"] = ("NodeAffinity", Wants("ssd"), NodeChange(ClusterEventKind.NodeLabel, Labelled("hdd")), false),
        ["a node with the label"] = ("NodeAffinity", Wants("ssd"), NodeAdd(Labelled("ssd")), true),
        ["affinity and a leaving pod"] = ("NodeAffinity", Wants("ssd"), Gone(Make.Info("o")), false),
        ["a taint is gone"] = ("TaintToleration", Make.Info("p"), NodeChange(ClusterEventKind.NodeTaint, Make.Node("n")), true),
        ["another taint stays"] = ("TaintToleration", Make.Info("p"), NodeChange(ClusterEventKind.NodeTaint, Tainted()), false),
        ["taints and a label"] = ("TaintToleration", Make.Info("p"), NodeChange(ClusterEventKind.NodeLabel, Make.Node("n")), false),
        ["uncordoned"] = ("NodeUnschedulable", Make.Info("p"), NodeChange(ClusterEventKind.NodeUnschedulable, Make.Node("n")), true),
        ["cordoned"] = ("NodeUnschedulable", Make.Info("p"), NodeChange(ClusterEventKind.NodeUnschedulable, Make.Node("n", with: n => n.Spec.Unschedulable = true)), false),
        ["the port's user leaves"] = ("NodePorts", Port("p", 80), Gone(Port("o", 80)), true),
        ["another port's user leaves"] = ("NodePorts", Port("p", 80), Gone(Port("o", 81)), false),
        ["a node for a port"] = ("NodePorts", Port("p", 80), NodeAdd(Make.Node("n")), true),
        ["a node of any name"] = ("NodeName", Make.Info("p"), NodeAdd(Make.Node("n")), true),
        ["the friend arrives"] = ("InterPodAffinity", Friend("p", "db"), Came(App("o", "db")), true),
        ["a stranger arrives"] = ("InterPodAffinity", Friend("p", "db"), Came(App("o", "web")), false),
        ["the enemy leaves"] = ("InterPodAffinity", Enemy("p", "db"), Gone(App("o", "db")), true),
        ["who avoids the pod leaves"] = ("InterPodAffinity", App("p", "db"), Gone(Enemy("o", "db")), true),
        ["an indifferent pod leaves"] = ("InterPodAffinity", Enemy("p", "db"), Gone(App("o", "web")), false),
        ["affinity and a larger node"] = ("InterPodAffinity", Enemy("p", "db"), NodeChange(ClusterEventKind.NodeAllocatable, Make.Node("n")), false),
        ["one of the spread leaves"] = ("PodTopologySpread", Spread("p", "db"), Gone(App("o", "db")), true),
        ["one of the spread arrives"] = ("PodTopologySpread", Spread("p", "db"), Came(App("o", "db")), true),
        ["a pod of no spread leaves"] = ("PodTopologySpread", Spread("p", "db"), Gone(App("o", "web")), false),
        ["a node of a domain"] = ("PodTopologySpread", Spread("p", "db"), NodeAdd(Make.Node("n")), true),
        ["a node of no domain"] = ("PodTopologySpread", Spread("p", "db"), NodeAdd(Make.Node("n", with: n => n.Metadata.Labels = [])), false),
        ["a domain is gone"] = ("PodTopologySpread", Spread("p", "db"), NodeChange(ClusterEventKind.NodeDelete, Make.Node("n")), true),
        ["the pod's claim changes"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.PersistentVolumeClaim, Object: Claim("data")), true),
        ["another claim changes"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.PersistentVolumeClaim, Object: Claim("other")), false),
        ["a volume appears"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.PersistentVolume, Object: new PersistentVolume()), true),
        ["volumes and a leaving pod"] = ("VolumeBinding", Mounts("p", "data"), Gone(Make.Info("o")), false),
        ["who has the only access leaves"] = ("VolumeRestrictions", Mounts("p", "data"), Gone(Mounts("o", "data")), true),
        ["who has another claim leaves"] = ("VolumeRestrictions", Mounts("p", "data"), Gone(Mounts("o", "other")), false),
        ["who has volumes leaves"] = ("NodeVolumeLimits", Mounts("p", "data"), Gone(Mounts("o", "other")), true),
        ["who has none leaves"] = ("NodeVolumeLimits", Mounts("p", "data"), Gone(Make.Info("o")), false),
        ["a node can take more volumes"] = ("NodeVolumeLimits", Mounts("p", "data"), new(ClusterEventKind.CsiNode, Object: new CSINode()), true),
        ["zones and a label"] = ("VolumeZone", Mounts("p", "data"), NodeChange(ClusterEventKind.NodeLabel, Make.Node("n")), true),
        ["zones and a class that does not wait"] = ("VolumeZone", Mounts("p", "data"), new(ClusterEventKind.StorageClass, Object: new StorageClass { VolumeBindingMode = "Immediate" }), false),
        ["the pod's claim is made"] = ("DynamicResources", Device("p", "gpu"), new(ClusterEventKind.ResourceClaim, Object: Devices("gpu", isAllocated: false)), true),
        ["a claim is given back"] = ("DynamicResources", Device("p", "gpu"), new(ClusterEventKind.ResourceClaim, Object: Devices("other", isAllocated: false)), true),
        ["another claim gets devices"] = ("DynamicResources", Device("p", "gpu"), new(ClusterEventKind.ResourceClaim, Object: Devices("other", isAllocated: true)), false),
        ["a slice appears"] = ("DynamicResources", Device("p", "gpu"), new(ClusterEventKind.ResourceSlice, Object: new ResourceSlice()), true),
        ["a class appears"] = ("DynamicResources", Device("p", "gpu"), new(ClusterEventKind.DeviceClass, Object: new DeviceClass()), true),
        ["devices and a leaving pod"] = ("DynamicResources", Device("p", "gpu"), Gone(Make.Info("o")), false),
        ["a kubelet learns"] = ("NodeDeclaredFeatures", HostUsers("p"), NodeChange(ClusterEventKind.NodeDeclaredFeatures, Make.Node("n", with: n => n.Status.DeclaredFeatures = ["UserNamespacesHostNetworkSupport"])), true),
        ["a kubelet learns something else"] = ("NodeDeclaredFeatures", HostUsers("p"), NodeChange(ClusterEventKind.NodeDeclaredFeatures, Make.Node("n", with: n => n.Status.DeclaredFeatures = ["Other"])), false),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Move_Change_BringsBackWhomItMayHelp(string name)
    {
        var (plugin, pod, change, helps) = Cases[name];
        var queue = new SchedulingQueue([Profile.Default()], TimeProvider.System);
        queue.AddOrUpdate(pod);
        queue.AddUnschedulable(queue.Pop()!, new HashSet<string> { plugin });
        queue.Move(change);
        Assert.Equal(helps ? (0, 1) : (1, 0), (queue.UnschedulableCount, queue.BackoffCount + queue.ActiveCount));
    }

    [Fact]
    public void Cases_OfPluginsThatWait_NameThemAll() =>
        Assert.Equal(Profile.Default().EnqueueExtensions.Select(plugin => plugin.Name).Order(), Cases.Values.Select(c => c.Plugin).Distinct().Order());

    private static ClusterEvent NodeAdd(Node node) => new(ClusterEventKind.NodeAdd, Node: node);

    private static ClusterEvent NodeChange(ClusterEventKind kind, Node node) => new(kind, Node: node);

    private static ClusterEvent Came(PodInfo pod) => new(ClusterEventKind.AssignedPodAdd, Pod: pod);

    private static ClusterEvent Gone(PodInfo pod) => new(ClusterEventKind.AssignedPodDelete, Pod: pod);

    private static Node Labelled(string disk) => Make.Node("n", with: n => n.Metadata.Labels!["disk"] = disk);

    private static Node Tainted() => Make.Node("n", with: n => n.Spec.Taints = [new Taint { Key = "k", Effect = "NoSchedule" }]);

    private static PodInfo Wants(string disk) => Make.Info("p", with: p => p.Spec.NodeSelector = new() { ["disk"] = disk });

    private static PodInfo Port(string name, int port) => Make.Info(name, with: p => p.Spec.Containers[0].Ports = [new ContainerPort { ContainerPortValue = port, HostPort = port, Protocol = "TCP" }]);

    private static PodInfo App(string name, string app) => Make.Info(name, with: p => p.Metadata.Labels = new() { ["app"] = app });

    private static List<PodAffinityTerm> Terms(string app) => [new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = Selects(app) }];

    private static LabelSelector Selects(string app) => new() { MatchLabels = new() { ["app"] = app } };

    private static PodInfo Friend(string name, string app) => Make.Info(name, with: p => p.Spec.Affinity = new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = Terms(app) } });

    private static PodInfo Enemy(string name, string app) => Make.Info(name, with: p => p.Spec.Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = Terms(app) } });

    private static PodInfo Spread(string name, string app) => Make.Info(name, with: p =>
    {
        p.Metadata.Labels = new() { ["app"] = app };
        p.Spec.TopologySpreadConstraints = [new() { TopologyKey = "kubernetes.io/hostname", MaxSkew = 1, WhenUnsatisfiable = "DoNotSchedule", LabelSelector = Selects(app) }];
    });

    private static PodInfo Mounts(string name, string claim) => Make.Info(name, with: p => p.Spec.Volumes = [new Volume { Name = "v", PersistentVolumeClaim = new() { ClaimName = claim } }]);

    private static PersistentVolumeClaim Claim(string name) => new() { Metadata = new ObjectMeta { Namespace = "default", Name = name } };

    private static PodInfo Device(string name, string claim) => Make.Info(name, with: p => p.Spec.ResourceClaims = [new PodResourceClaim { Name = "d", ResourceClaimName = claim }]);

    private static ResourceClaim Devices(string name, bool isAllocated) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Status = new ResourceClaimStatus { Allocation = isAllocated ? new AllocationResult() : null },
    };

    private static PodInfo HostUsers(string name) => Make.Info(name, with: p => (p.Spec.HostNetwork, p.Spec.HostUsers) = (true, false));
}
