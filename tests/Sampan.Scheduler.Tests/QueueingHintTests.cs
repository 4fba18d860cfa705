using Sampan.Api;
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
        ["a pod shrinks in what is asked for"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), Shrunk(Make.Info("o", cpu: "3"), Make.Info("o", cpu: "1")), true),
        ["a pod shrinks in something else"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), Shrunk(Memory("o", "2Gi"), Memory("o", "1Gi")), false),
        ["a large node gets another label"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), Was(Make.Node("n", cpu: "4"), ClusterEventKind.NodeAllocatable, Make.Node("n", cpu: "4")), false),
        ["a node grows beyond what it was"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), Was(Make.Node("n", cpu: "1"), ClusterEventKind.NodeAllocatable, Make.Node("n", cpu: "4")), true),
        ["a class gets the resource's name"] = ("NodeResourcesFit", Asks("p", "example.com/gpu"), Named(null, "example.com/gpu"), true),
        ["a class has the resource's name"] = ("NodeResourcesFit", Asks("p", "example.com/gpu"), Named("example.com/gpu", "example.com/gpu"), false),
        ["a class gets another name"] = ("NodeResourcesFit", Asks("p", "example.com/gpu"), Named(null, "example.com/nic"), false),
        ["a pod arrives"] = ("NodeResourcesFit", Make.Info("p", cpu: "2"), Came(Make.Info("o")), false),
        ["the wanted label appears"] = ("NodeAffinity", Wants("ssd"), NodeChange(ClusterEventKind.NodeLabel, Labelled("ssd")), true),
        ["another label appears"] = ("NodeAffinity", Wants("ssd"), NodeChange(ClusterEventKind.NodeLabel, Labelled("hdd")), false),
        ["a node with the label"] = ("NodeAffinity", Wants("ssd"), NodeAdd(Labelled("ssd")), true),
        ["the wanted label stays"] = ("NodeAffinity", Wants("ssd"), Was(Labelled("ssd"), ClusterEventKind.NodeLabel, Labelled("ssd")), false),
        ["affinity and a leaving pod"] = ("NodeAffinity", Wants("ssd"), Gone(Make.Info("o")), false),
        ["a taint is gone"] = ("TaintToleration", Make.Info("p"), NodeChange(ClusterEventKind.NodeTaint, Make.Node("n")), true),
        ["another taint stays"] = ("TaintToleration", Make.Info("p"), NodeChange(ClusterEventKind.NodeTaint, Tainted()), false),
        ["a taint goes that was tolerated"] = ("TaintToleration", Make.Info("p"), Was(Make.Node("n"), ClusterEventKind.NodeTaint, Make.Node("n")), false),
        ["the taint goes"] = ("TaintToleration", Make.Info("p"), Was(Tainted(), ClusterEventKind.NodeTaint, Make.Node("n")), true),
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
        ["a pod becomes a friend"] = ("InterPodAffinity", Friend("p", "db"), Relabelled(App("o", "web"), App("o", "db")), true),
        ["a friend stays one"] = ("InterPodAffinity", Friend("p", "db"), Relabelled(App("o", "db"), App("o", "db")), false),
        ["a pod is no enemy any more"] = ("InterPodAffinity", Enemy("p", "db"), Relabelled(App("o", "db"), App("o", "web")), true),
        ["a new node where enemies can't be"] = ("InterPodAffinity", Enemy("p", "db"), NodeAdd(Bare()), true),
        ["a new node where friends can't be"] = ("InterPodAffinity", Friend("p", "db"), NodeAdd(Bare()), false),
        ["a new node of a domain, for friends"] = ("InterPodAffinity", Friend("p", "db"), NodeAdd(Make.Node("n")), true),
        ["a new node of a domain, against enemies"] = ("InterPodAffinity", Enemy("p", "db"), NodeAdd(Make.Node("n")), true),
        ["a new node for who is kept away"] = ("InterPodAffinity", App("p", "db"), NodeAdd(Make.Node("n")), true),
        ["a node gets a label of no friend"] = ("InterPodAffinity", Friend("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Labelled("ssd")), false),
        ["a node gets a label of no enemy"] = ("InterPodAffinity", Enemy("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Labelled("ssd")), false),
        ["a node comes to friends"] = ("InterPodAffinity", Friend("p", "db"), Was(Bare(), ClusterEventKind.NodeLabel, Make.Node("n")), true),
        ["a node moves among friends"] = ("InterPodAffinity", Friend("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Moved()), true),
        ["a node leaves its friends"] = ("InterPodAffinity", Friend("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Bare()), false),
        ["a node comes to enemies"] = ("InterPodAffinity", Enemy("p", "db"), Was(Bare(), ClusterEventKind.NodeLabel, Make.Node("n")), false),
        ["a node moves away from enemies"] = ("InterPodAffinity", Enemy("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Moved()), true),
        ["a node leaves its enemies"] = ("InterPodAffinity", Enemy("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Bare()), true),
        ["affinity and a larger node"] = ("InterPodAffinity", Enemy("p", "db"), NodeChange(ClusterEventKind.NodeAllocatable, Make.Node("n")), false),
        ["one of the spread leaves"] = ("PodTopologySpread", Spread("p", "db"), Gone(App("o", "db")), true),
        ["one of the spread arrives"] = ("PodTopologySpread", Spread("p", "db"), Came(App("o", "db")), true),
        ["a pod of no spread leaves"] = ("PodTopologySpread", Spread("p", "db"), Gone(App("o", "web")), false),
        ["a node of a domain"] = ("PodTopologySpread", Spread("p", "db"), NodeAdd(Make.Node("n")), true),
        ["a node of no domain"] = ("PodTopologySpread", Spread("p", "db"), NodeAdd(Make.Node("n", with: n => n.Metadata.Labels = [])), false),
        ["a pod joins the spread"] = ("PodTopologySpread", Spread("p", "db"), Relabelled(App("o", "web"), App("o", "db")), true),
        ["a pod of the spread gets another label"] = ("PodTopologySpread", Spread("p", "db"), Relabelled(App("o", "db"), App("o", "db")), false),
        ["a node moves to another domain"] = ("PodTopologySpread", Spread("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Make.Node("n", with: n => n.Metadata.Labels!["kubernetes.io/hostname"] = "m")), true),
        ["a node gets a label of no topology"] = ("PodTopologySpread", Spread("p", "db"), Was(Make.Node("n"), ClusterEventKind.NodeLabel, Labelled("ssd")), false),
        ["a node of the topology changes its taints"] = ("PodTopologySpread", Spread("p", "db"), Was(Tainted(), ClusterEventKind.NodeTaint, Make.Node("n")), true),
        ["a node without the topology changes its taints"] = ("PodTopologySpread", Spread("p", "db"), NodeChange(ClusterEventKind.NodeTaint, Bare()), false),
        ["a pod whose spread does not look at taints tolerates more"] = ("PodTopologySpread", Spread("p", "db"), new(ClusterEventKind.PodToleration, Pod: Spread("p", "db")), false),
        ["a domain is gone"] = ("PodTopologySpread", Spread("p", "db"), NodeChange(ClusterEventKind.NodeDelete, Make.Node("n")), true),
        ["the pod's claim changes"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.PersistentVolumeClaim, Object: Claim("data")), true),
        ["another claim changes"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.PersistentVolumeClaim, Object: Claim("other")), false),
        ["a volume appears"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.PersistentVolume, Object: new PersistentVolume()), true),
        ["a class allows other topologies"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.StorageClass, Object: new StorageClass { AllowedTopologies = [new()] }) { OldObject = new StorageClass() }, true),
        ["a class gets a label"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.StorageClass, Object: new StorageClass()) { OldObject = new StorageClass() }, false),
        ["a driver has more room"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.CsiStorageCapacity, Object: Room("2Gi")) { OldObject = Room("1Gi") }, true),
        ["a driver has less room"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.CsiStorageCapacity, Object: Room("1Gi")) { OldObject = Room("2Gi") }, false),
        ["a driver tells its room no more"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.CsiDriver, Object: Driver(false)) { OldObject = Driver(true) }, true),
        ["a driver tells its room from now on"] = ("VolumeBinding", Mounts("p", "data"), new(ClusterEventKind.CsiDriver, Object: Driver(true)) { OldObject = Driver(false) }, false),
        ["volumes and a leaving pod"] = ("VolumeBinding", Mounts("p", "data"), Gone(Make.Info("o")), false),
        ["who has the only access leaves"] = ("VolumeRestrictions", Mounts("p", "data"), Gone(Mounts("o", "data")), true),
        ["who has another claim leaves"] = ("VolumeRestrictions", Mounts("p", "data"), Gone(Mounts("o", "other")), false),
        ["who has volumes leaves"] = ("NodeVolumeLimits", Mounts("p", "data"), Gone(Mounts("o", "other")), true),
        ["who has none leaves"] = ("NodeVolumeLimits", Mounts("p", "data"), Gone(Make.Info("o")), false),
        ["a node can take more volumes"] = ("NodeVolumeLimits", Mounts("p", "data"), new(ClusterEventKind.CsiNode, Object: new CSINode()), true),
        ["a volume is detached"] = ("NodeVolumeLimits", Mounts("p", "data"), new(ClusterEventKind.VolumeAttachment, Object: new VolumeAttachment()) { IsDeletion = true }, true),
        ["a volume is attached"] = ("NodeVolumeLimits", Mounts("p", "data"), new(ClusterEventKind.VolumeAttachment, Object: new VolumeAttachment()), false),
        ["a volume gets its zone"] = ("VolumeZone", Mounts("p", "data"), new(ClusterEventKind.PersistentVolume, Object: Zoned("a")) { OldObject = Zoned(null) }, true),
        ["a volume keeps its zone"] = ("VolumeZone", Mounts("p", "data"), new(ClusterEventKind.PersistentVolume, Object: Zoned("a")) { OldObject = Zoned("a") }, false),
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

    private static ClusterEvent Was(Node before, ClusterEventKind kind, Node node) => new(kind, Node: node) { OldNode = before };

    private static ClusterEvent Shrunk(PodInfo before, PodInfo pod) => new(ClusterEventKind.AssignedPodScaleDown, Pod: pod) { OldPod = before };

    private static ClusterEvent Relabelled(PodInfo before, PodInfo pod) => new(ClusterEventKind.AssignedPodLabel, Pod: pod) { OldPod = before };

    private static ClusterEvent Named(string? before, string name) => new(ClusterEventKind.DeviceClass, Object: Class(name)) { OldObject = Class(before) };

    private static DeviceClass Class(string? name) => new() { Metadata = new ObjectMeta { Name = "c" }, Spec = new DeviceClassSpec { ExtendedResourceName = name } };

    private static PodInfo Asks(string name, string resource) => Make.Info(name, with: p => p.Spec.Containers[0].Resources = new() { Requests = new() { [resource] = Quantity.Parse("1") } });

    private static PodInfo Memory(string name, string memory) => Make.Info(name, with: p => p.Spec.Containers[0].Resources = new() { Requests = new() { ["memory"] = Quantity.Parse(memory) } });

    private static CSIStorageCapacity Room(string size) => new() { Capacity = Quantity.Parse(size) };

    private static CSIDriver Driver(bool tells) => new() { Spec = new CSIDriverSpec { StorageCapacity = tells } };

    private static PersistentVolume Zoned(string? zone) => new() { Metadata = new ObjectMeta { Labels = zone is null ? null : new() { ["topology.kubernetes.io/zone"] = zone } } };

    private static ClusterEvent Came(PodInfo pod) => new(ClusterEventKind.AssignedPodAdd, Pod: pod);

    private static ClusterEvent Gone(PodInfo pod) => new(ClusterEventKind.AssignedPodDelete, Pod: pod);

    private static Node Labelled(string disk) => Make.Node("n", with: n => n.Metadata.Labels!["disk"] = disk);

    private static Node Bare() => Make.Node("n", with: n => n.Metadata.Labels = []);

    private static Node Moved() => Make.Node("n", with: n => n.Metadata.Labels!["kubernetes.io/hostname"] = "m");

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
