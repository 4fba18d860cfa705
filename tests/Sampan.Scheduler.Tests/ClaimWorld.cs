using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins.Devices;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Tests;

/// <summary>
/// Two nodes with devices and volumes, and pods of seven sorts that want them. A placed pod's claims are promised first; an event
/// writes them as the API server would, gives them up, or ends the pod.
/// </summary>
internal sealed class ClaimWorld
{
    public const long SharedMemory = 10;
    public const long Slices = 4;

    private const string Driver = "gpu.example.com";
    private const string Gpu = "example.com/gpu";

    // What the pods of each sort are served with.
    private static readonly string[] Devices = ["gpu", "gpu", "shared", "part", "gpu", "", ""];

    private readonly Profile _profile = Profile.Default() with { PercentageOfNodesToScore = 100 };
    private readonly SchedulingCycle _cycle;
    private readonly Dictionary<string, (PodInfo Pod, string Node, CycleState State, List<ResourceClaim> Written)> _placed = [];
    private int _version;

    public ClaimWorld(IEnumerable<Event> events)
    {
        _cycle = new SchedulingCycle(_profile, Cluster, new Random(7));
        Fill(Cluster);
        foreach (var e in events) Apply(e);
    }

    public SchedulerCache Cluster { get; } = new();

    public List<(string Pod, string? Node, bool FitsAnew)> Decisions { get; } = [];

    public IEnumerable<(PodInfo Pod, string Node)> Placed => _placed.Values.Select(placed => (placed.Pod, placed.Node));

    public static long SlicesOf(string part) => part == "part-large" ? 3 : 1;

    public static string DeviceOf(PodInfo pod) => Devices[SortOf(pod)];

    public IEnumerable<ResourceClaim> Allocations() => Cluster.Objects.Of<ResourceClaim>().All.Where(claim => claim.Status.Allocation is not null);

    public IEnumerable<ResourceClaim> AllocationsOf(PodInfo pod) => Allocations().Where(claim => claim.Status.ReservedFor!.Exists(user => user.Uid == pod.Uid));

    private static int SortOf(PodInfo pod) => int.Parse(pod.Key.Name[1..], System.Globalization.CultureInfo.InvariantCulture) % 7;

    private void Apply(Event e)
    {
        var uid = $"uid-p{e.Pod}";
        var isPlaced = _placed.ContainsKey(uid);
        if (!isPlaced && e.Kind >= 3) Place(e.Pod);
        else if (isPlaced && e.Kind <= 1) Write(uid);
        else if (isPlaced && e.Kind == 2 && _placed[uid].Written.Count == 0) GiveUp(uid);
        else if (isPlaced && e.Kind >= 7) End(uid);
    }

    private void Place(int number)
    {
        var pod = new PodInfo(Pod(number));
        var fitsAnew = FitsAnew(pod);
        var result = _cycle.Run(pod);
        Decisions.Add((pod.Key.Name, result.Node, fitsAnew));
        if (result.Node is not { } node) return;
        Cluster.Assume(pod, node);
        foreach (var plugin in _profile.Reserve) Assert.True(plugin.Reserve(result.State, pod, node).IsSuccess);
        _placed[pod.Uid] = (pod, node, result.State, []);
    }

    // The binding failed: everything is as before.
    private void GiveUp(string uid)
    {
        var (pod, node, state, _) = _placed[uid];
        foreach (var plugin in _profile.Reserve) plugin.Unreserve(state, pod, node);
        Cluster.Forget(uid);
        _placed.Remove(uid);
    }

    // As the API server tells it back.
    private void Write(string uid)
    {
        var (_, _, state, written) = _placed[uid];
        if (written.Count > 0 || state.Read<AllocatedClaims>() is not { } allocated) return;
        foreach (var claim in allocated.Claims) written.Add(Set(claim, claim.Metadata.Name!));
        if (allocated.Extended is { } extended) written.Add(Set(extended.Claim, $"{uid}-extended-resources-x"));
        allocated.ForgetPromise(Cluster.Objects);
    }

    private ResourceClaim Set(ResourceClaim claim, string name)
    {
        var next = claim.DeepClone();
        (next.Metadata.Name, next.Metadata.ResourceVersion) = (name, $"{++_version}");
        Cluster.Objects.Of<ResourceClaim>().Set(null, next);
        return next;
    }

    // Claims of its own go with the pod; the others are given back. Volumes are kept simple: they are free again.
    private void End(string uid)
    {
        var written = _placed[uid].Written;
        if (written.Count == 0) GiveUp(uid);
        foreach (var claim in written)
        {
            var free = claim.DeepClone();
            (free.Status, free.Metadata.ResourceVersion) = (new(), $"{++_version}");
            Cluster.Objects.Of<ResourceClaim>().Set(claim, claim.Spec.Devices.Requests![0].Name.StartsWith("container-", StringComparison.Ordinal) ? null : free);
        }
        Cluster.RemovePod(uid);
        _placed.Remove(uid);
    }

    // Every rule asked about every node, of a cluster that has what this one has but remembers nothing.
    private bool FitsAnew(PodInfo pod)
    {
        var fresh = new SchedulerCache();
        foreach (var node in Cluster.Nodes) fresh.SetNode(node.Node!);
        foreach (var (_, (other, node, _, _)) in _placed) fresh.Assume(other, node);
        Copy<DeviceClass>(fresh);
        Copy<ResourceSlice>(fresh);
        Copy<ResourceClaim>(fresh);
        Copy<StorageClass>(fresh);
        Copy<PersistentVolume>(fresh);
        Copy<PersistentVolumeClaim>(fresh);
        var filter = new NodeFilter(_profile, fresh, new Verdicts());
        var state = new CycleState(fresh, new TypeSlots());
        var diagnosis = new Diagnosis(fresh.Table, new Verdicts(), new ushort[fresh.Table.SlotCount + 1]);
        return filter.PreFilter(state, pod, diagnosis, out _) && fresh.Nodes.Any(node => filter.Filter(state, pod, node).IsSuccess);
    }

    private void Copy<T>(SchedulerCache fresh) where T : class, IObject<T>
    {
        foreach (var obj in Cluster.Objects.Of<T>().All) fresh.Objects.Of<T>().Set(null, obj);
    }

    private static void Fill(SchedulerCache cluster)
    {
        Add(cluster, Class("gpu", Gpu));
        Add(cluster, Class("shared", null));
        Add(cluster, Class("part", null));
        Add(cluster, new StorageClass { Metadata = Named("local"), Provisioner = "kubernetes.io/no-provisioner", VolumeBindingMode = "WaitForFirstConsumer" });
        foreach (var node in (string[])["n0", "n1"])
        {
            cluster.SetNode(Make.Node(node, cpu: "64"));
            Add(cluster, Slice(node));
            for (var i = 0; i < 2; i++) Add(cluster, Volume($"disk-{node}-{i}", node));
        }
        for (var i = 0; i <= 27; i++)
        {
            if (Wish(i) is { } request) Add(cluster, new ResourceClaim { Metadata = Named($"c{i}", "default"), Spec = new() { Devices = new() { Requests = [request] } } });
            if (i % 7 == 5) Add(cluster, Claim($"d{i}"));
        }
    }

    private static DeviceRequest? Wish(int pod) => (pod % 7) switch
    {
        0 => Request("gpu", 1),
        1 => Request("gpu", 2),
        2 => Request("shared", 1, new() { ["memory"] = new Quantity(1 + (pod % 5)) }),
        3 => Request("part", 1),
        _ => null,
    };

    private static Pod Pod(int number) => Make.Pod($"p{number}", with: pod =>
    {
        if (Wish(number) is not null) pod.Spec.ResourceClaims = [new PodResourceClaim { Name = "devices", ResourceClaimName = $"c{number}" }];
        if (number % 7 == 4) pod.Spec.Containers[0].Resources!.Requests![Gpu] = new Quantity(1);
        if (number % 7 == 5) pod.Spec.Volumes = [new Volume { Name = "data", PersistentVolumeClaim = new() { ClaimName = $"d{number}" } }];
    });

    private static DeviceRequest Request(string className, long count, Dictionary<string, Quantity>? capacity = null) => new()
    {
        Name = "r",
        Exactly = new ExactDeviceRequest { DeviceClassName = className, AllocationMode = "ExactCount", Count = count, Capacity = capacity is null ? null : new() { Requests = capacity } },
    };

    private static DeviceClass Class(string kind, string? extended) => new()
    {
        Metadata = Named(kind),
        Spec = new() { Selectors = [new() { Cel = new() { Expression = $"device.attributes[\"{Driver}\"].kind == \"{kind}\"" } }], ExtendedResourceName = extended },
    };

    private static ResourceSlice Slice(string node) => new()
    {
        Metadata = Named($"slice-{node}"),
        Spec = new()
        {
            Driver = Driver,
            NodeName = node,
            Pool = new() { Name = node, Generation = 1, ResourceSliceCount = 1 },
            SharedCounters = [new() { Name = "chip", Counters = new() { ["slices"] = new Counter { Value = new Quantity(Slices) } } }],
            Devices =
            [
                .. Enumerable.Range(0, 3).Select(i => Device($"gpu-{i}", "gpu")),
                Device("shared-0", "shared", device => (device.AllowMultipleAllocations, device.Capacity) = (true, new() { ["memory"] = new DeviceCapacity { Value = new Quantity(SharedMemory) } })),
                .. ((string[])["part-a", "part-b", "part-large"]).Select(name => Device(name, "part", device =>
                    device.ConsumesCounters = [new() { CounterSet = "chip", Counters = new() { ["slices"] = new Counter { Value = new Quantity(SlicesOf(name)) } } }])),
            ],
        },
    };

    private static Device Device(string name, string kind, Action<Device>? with = null)
    {
        var device = new Device { Name = name, Attributes = new() { ["kind"] = new DeviceAttribute { String = kind } } };
        with?.Invoke(device);
        return device;
    }

    private static PersistentVolume Volume(string name, string node) => new()
    {
        Metadata = Named(name),
        Spec = new()
        {
            Capacity = new() { ["storage"] = new Quantity(1) },
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = "local",
            NodeAffinity = new()
            {
                Required = new NodeSelector { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "kubernetes.io/hostname", Operator = "In", Values = [node] }] }] },
            },
        },
        Status = new() { Phase = "Available" },
    };

    private static PersistentVolumeClaim Claim(string name) => new()
    {
        Metadata = Named(name, "default"),
        Spec = new() { AccessModes = ["ReadWriteOnce"], StorageClassName = "local", Resources = new() { Requests = new() { ["storage"] = new Quantity(1) } } },
    };

    private static ObjectMeta Named(string name, string ns = "") => new() { Name = name, Namespace = ns, Uid = "uid-" + name };

    private static void Add<T>(SchedulerCache cluster, T obj) where T : class, IObject<T> => cluster.Objects.Of<T>().Set(null, obj);

    /// <summary>Something that happens to a pod.</summary>
    internal readonly record struct Event(int Kind, int Pod);
}
