using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Resize;

/// <summary>
/// Grants pods their resources, and changes of them while they run. Everything else on the node works with what was granted,
/// which may lag behind the specification.
/// </summary>
/// <param name="file">Null to forget it all with the process.</param>
/// <param name="allocatable">What pods may have in all.</param>
/// <param name="rules">What cannot change while pods run.</param>
internal sealed class PodAllocations(AllocationFile? file, Func<IReadOnlyDictionary<string, Quantity>> allocatable, ResizeRules rules)
{
    private static readonly string[] Resizable = [PodResources.Cpu, PodResources.Memory];
    private static readonly string[] MemoryFirst = [PodResources.Memory, PodResources.Cpu];
    private readonly ConcurrentDictionary<string, PodAllocation> _pods = new(file?.Read() ?? []);
    private readonly ConcurrentDictionary<string, long> _resizedTo = new();
    private readonly Lock _writing = new();

    /// <summary>The pod with what it was granted in place of what it asks for; itself where that is the same.</summary>
    public Pod Granted(Pod pod) => _pods.TryGetValue(pod.Metadata.Uid, out var known) ? With(known.Allocated, pod) : pod;

    /// <summary>The pod with what its containers and its group were told in place of what it asks for; itself where that is the same.</summary>
    public Pod InForce(Pod pod) => _pods.TryGetValue(pod.Metadata.Uid, out var known) ? With(known.Actuated, pod) : pod;

    /// <summary>Grants a new pod what it asks for; admission has made sure of it.</summary>
    public void Admit(Pod pod)
    {
        if (!_pods.ContainsKey(pod.Metadata.Uid))
        {
            var nothing = PodAllocation.None;
            Set(pod.Metadata.Uid, new PodAllocation(
                nothing.Allocated.AddRange(Resources(pod)),
                pod.Spec.Resources is null ? nothing.Actuated.Add(PodAllocation.Whole, ContainerResources.Of(pod.Spec)) : nothing.Actuated));
        }
    }

    /// <summary>Grants a changed specification where there is room.</summary>
    /// <param name="pod">As the API has it.</param>
    /// <param name="others">What the node's other pods were granted.</param>
    /// <returns>Why it has to wait; null when there is nothing to wait for.</returns>
    public PendingResize? TryResize(Pod pod, IEnumerable<Pod> others)
    {
        var granted = Granted(pod);
        if (ReferenceEquals(granted, pod))
        {
            return null;
        }

        if ((Ban(pod, granted) ?? Obstacle(pod, [.. others])) is { } pending)
        {
            return pending;
        }

        var known = _pods[pod.Metadata.Uid];
        Set(pod.Metadata.Uid, known with { Allocated = known.Allocated.SetItems(Resources(pod)) });
        _resizedTo[pod.Metadata.Uid] = pod.Metadata.Generation;
        return null;
    }

    /// <summary>Whether a pod asks for more than it was granted.</summary>
    public bool WantsMore(Pod pod)
    {
        var granted = Granted(pod);
        return Array.Exists(Resizable, resource => PodResources.Request(pod, resource) > PodResources.Request(granted, resource));
    }

    /// <summary>What the runtime was told for a container; null before its start.</summary>
    public ContainerResources? Actuated(string uid, string container) => _pods.GetValueOrDefault(uid)?.Actuated.GetValueOrDefault(container);

    /// <summary>What the pod's own group was given; null before that.</summary>
    public ContainerResources? Actuated(string uid) => Actuated(uid, PodAllocation.Whole);

    public void SetActuated(Pod pod) => SetActuated(pod, PodAllocation.Whole, ContainerResources.Of(pod.Spec));

    public void SetActuated(Pod pod, Container container) => SetActuated(pod, container.Name, ContainerResources.Of(container));

    private void SetActuated(Pod pod, string name, ContainerResources resources)
    {
        var known = _pods.GetValueOrDefault(pod.Metadata.Uid) ?? PodAllocation.None;
        if (known.Actuated.TryGetValue(name, out var before) && before.Equals(resources))
        {
            return;
        }

        Set(pod.Metadata.Uid, known with { Actuated = known.Actuated.SetItem(name, resources) });
    }

    /// <summary>The generation of the specification that was granted last while the pod ran; null where none was, or before this kubelet.</summary>
    public long? ResizedTo(string uid) => _resizedTo.TryGetValue(uid, out var generation) ? generation : null;

    /// <summary>Whether it was granted something that is not in force yet. A container that does not run gets what it was granted when it starts.</summary>
    public bool IsInProgress(Pod pod, PodRuntimeState state) =>
        _pods.TryGetValue(pod.Metadata.Uid, out var known) && !known.IsActuated(state.Running.Select(c => c.Metadata.Name).ToHashSet());

    public void Forget(string uid)
    {
        _resizedTo.TryRemove(uid, out _);
        if (_pods.TryRemove(uid, out _))
        {
            Save();
        }
    }

    private static IEnumerable<KeyValuePair<string, ContainerResources>> Resources(Pod pod) => Resized(pod)
        .Select(c => KeyValuePair.Create(c.Name, ContainerResources.Of(c)))
        .Append(KeyValuePair.Create(PodAllocation.Whole, ContainerResources.Of(pod.Spec)));

    private static Pod With(IReadOnlyDictionary<string, ContainerResources> resources, Pod pod)
    {
        if (Resources(pod).All(r => !resources.TryGetValue(r.Key, out var other) || other.Equals(r.Value)))
        {
            return pod;
        }

        var copy = pod.DeepClone();
        foreach (var container in Resized(copy))
        {
            resources.GetValueOrDefault(container.Name)?.ApplyTo(container.Resources);
        }

        if (resources.TryGetValue(PodAllocation.Whole, out var whole))
        {
            copy.Spec.Resources = whole.IsNone ? null : whole.ToStatus();
        }

        return copy;
    }

    private static IEnumerable<Container> Resized(Pod pod) => pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty());

    /// <summary>What cannot change whatever room there is.</summary>
    private PendingResize? Ban(Pod pod, Pod granted)
    {
        if (pod.IsStatic())
        {
            return PendingResize.Never("static_pod", "In-place resize of static-pods is not supported");
        }

        if (Changes(pod, granted, PodResources.Memory).Any(c => !c.Granted.ResizePolicy.OrEmpty().Any(p => p is { ResourceName: PodResources.Memory, RestartPolicy: "RestartContainer" })
            && (rules.MaySwap(pod, c.Wanted) || rules.MaySwap(granted, c.Granted))))
        {
            return PendingResize.Never("swap_limitation", "In-place resize of containers with swap is not supported.");
        }

        if (QosClass.Of(pod) != QosClass.Guaranteed)
        {
            return null;
        }

        if (rules.HasOwnCpus && Changes(pod, granted, PodResources.Cpu).Any())
        {
            return PendingResize.Never("guaranteed_pod_cpu_manager_static_policy", "Resize is infeasible for Guaranteed Pods alongside CPU Manager policy \"static\"");
        }

        return rules.HasOwnMemory && Changes(pod, granted, PodResources.Memory).Any()
            ? PendingResize.Never("guaranteed_pod_memory_manager_static_policy", "Resize is infeasible for Guaranteed Pods alongside Memory Manager policy \"Static\"")
            : null;
    }

    /// <summary>The containers that ask for another amount than they were granted.</summary>
    private static IEnumerable<(Container Wanted, Container Granted)> Changes(Pod pod, Pod granted, string resource) =>
        from wanted in Resized(pod)
        let had = granted.FindContainer(wanted.Name)
        where had is not null && PodResources.RequestOf(wanted, resource) != PodResources.RequestOf(had, resource)
        select (wanted, had);

    private PendingResize? Obstacle(Pod pod, List<Pod> others)
    {
        foreach (var resource in MemoryFirst)
        {
            var (wanted, capacity) = (Amount(resource, PodResources.Request(pod, resource)), Amount(resource, allocatable().GetValueOrDefault(resource)));
            if (wanted > capacity)
            {
                return PendingResize.Never("insufficient_node_allocatable", $"Node didn't have enough capacity: {resource}, requested: {wanted}, capacity: {capacity}");
            }
        }

        foreach (var resource in Resizable)
        {
            var (wanted, capacity) = (Amount(resource, PodResources.Request(pod, resource)), Amount(resource, allocatable().GetValueOrDefault(resource)));
            var used = others.Sum(o => Amount(resource, PodResources.Request(o, resource)));
            if (wanted > capacity - used)
            {
                return new PendingResize(PendingResize.Deferred, $"Node didn't have enough resource: {resource}, requested: {wanted}, used: {used}, capacity: {capacity}");
            }
        }

        return null;
    }

    private static long Amount(string resource, Quantity quantity) => resource == PodResources.Cpu ? quantity.AsMilli() : quantity.AsLong();

    private void Set(string uid, PodAllocation allocation)
    {
        _pods[uid] = allocation;
        Save();
    }

    private void Save()
    {
        if (file is null)
        {
            return;
        }

        lock (_writing)
        {
            file.Write(_pods.ToArray());
        }
    }
}
