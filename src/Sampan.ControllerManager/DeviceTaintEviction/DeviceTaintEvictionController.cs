using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.ResourceClaims;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.DeviceTaintEviction;

/// <summary>
/// Deletes scheduled pods that use a device with a NoExecute taint which their claim does not tolerate (any longer).
/// Upstream: pkg/controller/devicetainteviction.
/// </summary>
internal sealed class DeviceTaintEvictionController : Controller
{
    private readonly Informer<Pod> _pods;
    private readonly Informer<ResourceClaim> _claims;
    private readonly OwnWrites<Pod> _writes;
    private readonly EvictionMetrics _metrics;
    private readonly DeviceTaints _taints;

    /// <summary>The pods that are to go, by uid.</summary>
    private readonly ConcurrentDictionary<ObjectKey, string> _planned = [];

    public DeviceTaintEvictionController(ControllerContext context)
        : base("device-taint-eviction-controller", context, workers: 8)
    {
        _pods = Watch<Pod>(p => !string.IsNullOrEmpty(p.Spec.NodeName) && PodClaims.NamesOf(p).Any() ? [KeyOf(p)] : []);
        _claims = Watch<ResourceClaim>(UsersOf);
        var slices = Watch(context.Informers.For<ResourceSlice>(), OnSlice);
        _taints = new DeviceTaints(slices);
        _writes = Writes(_pods);
        _metrics = new EvictionMetrics(context.Metrics, "device_taint_eviction_controller");
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { } pod || !pod.IsActive() || string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            _planned.TryRemove(key, out _);
            return ReconcileResult.Done;
        }

        var claims = PodClaims.NamesOf(pod).Select(name => _claims.Get(key.Namespace, name)).OfType<ResourceClaim>()
            .Where(c => PodClaims.MayUse(pod, c) && c.Status.ReservedFor.OrEmpty().Any(u => u.Uid == pod.Metadata.Uid));
        if (claims.Select(_taints.EvictionTime).Min() is not { } due)
        {
            if (_planned.TryRemove(key, out var uid) && uid == pod.Metadata.Uid) Events.Event(pod, "Normal", "DeviceTaintManagerEviction", "Cancelling deletion");
            return ReconcileResult.Done;
        }

        var left = due - Time.GetUtcNow();
        _planned[key] = pod.Metadata.Uid;
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        Events.Event(pod, "Normal", "DeviceTaintManagerEviction", "Marking for deletion");
        await PodDisruption.DeleteAsync(_writes, pod, "DeletionByDeviceTaintManager", "Device Taint manager: deleting due to NoExecute taint", Time.GetUtcNow(), cancellationToken);
        _metrics.Deleted(-left);
        _planned.TryRemove(key, out _);
        return ReconcileResult.Done;
    }

    private static IEnumerable<ObjectKey> UsersOf(ResourceClaim claim) => claim.Status.ReservedFor.OrEmpty()
        .Where(u => u.Resource == "pods" && string.IsNullOrEmpty(u.ApiGroup)).Select(u => new ObjectKey(claim.Metadata.Namespace, u.Name));

    /// <summary>A pool's taints concern the users of its devices.</summary>
    private void OnSlice(ResourceSlice? old, ResourceSlice? current)
    {
        if (!_taints.HasAnyBeside(old, current)) return;
        var slice = (current ?? old)!.Spec;
        foreach (var claim in _claims.List().Where(c => DeviceTaints.DevicesOf(c).Any(d => d.Driver == slice.Driver && d.Pool == slice.Pool.Name)))
            foreach (var user in UsersOf(claim)) Queue.Add(user);
    }
}
