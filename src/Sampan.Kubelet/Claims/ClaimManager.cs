using System.Collections.Immutable;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Container = Sampan.Api.Core.V1.Container;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Kubelet.Claims;

/// <summary>
/// Has drivers make a pod's claims ready before its containers start, and take them back when no pod here uses them any more.
/// A claim that several pods share is made ready once. Upstream: pkg/kubelet/cm/dra.
/// </summary>
internal sealed class ClaimManager : IDisposable
{
    private readonly ClaimDrivers _drivers;
    private readonly IPodObjects _objects;
    private readonly ClaimCheckpoint? _checkpoint;
    private readonly ClaimMetrics _metrics;
    private readonly ClaimCalls _calls;
    private readonly ClaimLocks _locks = new();
    private readonly Lock _changing = new();
    private volatile ImmutableDictionary<string, PreparedClaim> _claims;

    /// <param name="drivers">The drivers of this node.</param>
    /// <param name="objects">Where claims are looked up.</param>
    /// <param name="checkpoint">Null to forget it all with the process.</param>
    /// <param name="metrics">Where it is counted.</param>
    public ClaimManager(ClaimDrivers drivers, IPodObjects objects, ClaimCheckpoint? checkpoint, ClaimMetrics metrics)
    {
        (_drivers, _objects, _checkpoint, _metrics) = (drivers, objects, checkpoint, metrics);
        _calls = new ClaimCalls(drivers, metrics);
        _claims = (checkpoint?.Read() ?? []).ToImmutableDictionary(c => c.Uid);
        drivers.Healths.Changed += OnHealth;
        metrics.Show(() => Claims);
    }

    /// <summary>Raised with the UID of a pod that has a device which is well, or ill, since now.</summary>
    public event Action<string>? HealthChanged;

    public IEnumerable<PreparedClaim> Claims => _claims.Values;

    /// <exception cref="ClaimException">Some are not ready.</exception>
    public async Task PrepareAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (pod.Spec.ResourceClaims.OrEmpty().Count == 0 && pod.Status.ExtendedResourceClaimStatus is null)
        {
            return;
        }

        try
        {
            if (PodClaims.Names(pod).TrueForAll(name => IsReady(pod, name)))
            {
                return;
            }

            await _metrics.MeasureAsync(ClaimMetrics.Prepare, () => PrepareAllAsync(pod, cancellationToken));
        }
        catch (ClaimException e)
        {
            throw new ClaimException($"prepare dynamic resources: {e.Message}", e);
        }
    }

    /// <summary>The pod has ended: claims that nobody else here uses go back to their drivers.</summary>
    /// <exception cref="ClaimException">A driver could not take one back; try again.</exception>
    public async Task UnprepareAsync(string podUid, CancellationToken cancellationToken)
    {
        if (!_claims.Values.Any(c => c.Pods.Contains(podUid)))
        {
            return;
        }

        await _metrics.MeasureAsync(ClaimMetrics.Unprepare, () => UnprepareAllAsync(podUid, cancellationToken));
    }

    /// <summary>A claim is kept for those of its pods that somebody has still; where there is none, it goes back to its drivers.</summary>
    /// <param name="claimUid">Which claim.</param>
    /// <param name="isKnown">Whether somebody has the pod with this UID; asked while the claim cannot change, so that a pod which begins meanwhile loses nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ClaimException">A driver could not take it back; try again.</exception>
    public async Task RetainAsync(string claimUid, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        if (_claims.TryGetValue(claimUid, out var claim))
        {
            await KeepAsync(claim, isKnown, cancellationToken);
        }
    }

    /// <summary>Tells the runtime which devices a container gets.</summary>
    public void Apply(Pod pod, Container container, Cri.ContainerConfig config) =>
        DeviceOptions.AddCdi(config, DevicesOf(pod, container).SelectMany(d => d.Devices).SelectMany(d => d.CdiIds));

    /// <summary>The claims that a container refers to, or that serve its extended resources, with the devices of its requests.</summary>
    public IEnumerable<(PreparedClaim Claim, IReadOnlyList<PreparedDevice> Devices)> DevicesOf(Pod pod, Container container) =>
        from reference in PodClaims.References(pod, container)
        from claim in _claims.Values
        where claim.Name == reference.Claim && claim.Namespace == pod.Metadata.Namespace
        select (claim, (IReadOnlyList<PreparedDevice>)[.. claim.Devices.Where(d => d.IsFor(reference.Request))]);

    /// <summary>How the devices of a container's claims are, as its status tells it.</summary>
    public IEnumerable<ResourceStatus> HealthOf(Pod pod, Container container)
    {
        foreach (var reference in container.Resources.Claims.OrEmpty())
        {
            var name = pod.Spec.ResourceClaims.OrEmpty().FirstOrDefault(c => c.Name == reference.Name)?.ResourceClaimName
                ?? pod.Status.ResourceClaimStatuses.OrEmpty().FirstOrDefault(s => s.Name == reference.Name)?.ResourceClaimName;
            var claim = _claims.Values.FirstOrDefault(c => c.Name == name && c.Namespace == pod.Metadata.Namespace);
            if (claim?.Devices.Where(d => d.IsFor(reference.Request)).Select(HealthOf).ToList() is { Count: > 0 } devices)
            {
                yield return new ResourceStatus { Name = string.IsNullOrEmpty(reference.Request) ? $"claim:{reference.Name}" : $"claim:{reference.Name}/{reference.Request}", Resources = devices };
            }
        }
    }

    public void Dispose()
    {
        _drivers.Healths.Changed -= OnHealth;
    }

    private ResourceHealth HealthOf(PreparedDevice device)
    {
        var known = _drivers.Healths.Find(device.Driver, device.Pool, device.Device);
        return new ResourceHealth
        {
            ResourceID = device.CdiIds.FirstOrDefault() ?? $"{device.Driver}/{device.Pool}/{device.Device}",
            Health = known?.State ?? DeviceHealth.Unknown,
            Message = known?.Message,
        };
    }

    private void OnHealth(string driver, IReadOnlySet<(string Pool, string Device)> devices)
    {
        foreach (var pod in _claims.Values.Where(c => c.Devices.Exists(d => d.Driver == driver && devices.Contains((d.Pool, d.Device)))).SelectMany(c => c.Pods).Distinct())
        {
            HealthChanged?.Invoke(pod);
        }
    }

    private async Task<ResourceClaim> FindAsync(Pod pod, string name, CancellationToken cancellationToken)
    {
        var claim = await _objects.FindResourceClaimAsync(pod.Metadata.Namespace, name, cancellationToken)
            ?? throw new ClaimException($"fetch ResourceClaim {name}: resourceclaims.resource.k8s.io \"{name}\" not found");
        if (PodClaims.IsOwn(pod, name) && !claim.Metadata.OwnerReferences.OrEmpty().Any(o => o.Controller == true && o.Uid == pod.Metadata.Uid))
        {
            throw new ClaimException($"ResourceClaim {pod.Metadata.Namespace}/{name} was not created for pod {pod.Metadata.Namespace}/{pod.Metadata.Name} (pod is not owner)");
        }

        return claim.Status.ReservedFor.OrEmpty().Any(r => r.Uid == pod.Metadata.Uid)
            ? claim
            : throw new ClaimException($"pod {pod.Metadata.Name} ({pod.Metadata.Uid}) is not allowed to use ResourceClaim {name} ({claim.Metadata.Uid})");
    }

    private bool IsReady(Pod pod, string name) =>
        _claims.Values.Any(c => c.IsPrepared && c.Name == name && c.Namespace == pod.Metadata.Namespace && c.Pods.Contains(pod.Metadata.Uid));

    /// <summary>All is looked at before anything is noted: what no driver here was asked for, none has to take back.</summary>
    private async Task PrepareAllAsync(Pod pod, CancellationToken cancellationToken)
    {
        using var held = await _locks.TakeAsync(PodClaims.Names(pod).Select(name => Key(pod.Metadata.Namespace, name)), cancellationToken);
        var missing = new List<PreparedClaim>();
        foreach (var name in PodClaims.Names(pod).Where(name => !IsReady(pod, name)))
        {
            missing.Add(Known(await FindAsync(pod, name, cancellationToken)));
        }

        foreach (var driver in missing.SelectMany(c => c.Drivers))
        {
            _ = _drivers.Get(driver);
        }

        Use(missing, pod.Metadata.Uid);
        await PrepareAsync(missing.Where(c => !c.IsPrepared).ToList(), cancellationToken);
    }

    private async Task UnprepareAllAsync(string podUid, CancellationToken cancellationToken)
    {
        foreach (var claim in _claims.Values.Where(c => c.Pods.Contains(podUid)))
        {
            await KeepAsync(claim, uid => uid != podUid, cancellationToken);
        }
    }

    /// <summary>Claims are looked up by name, so that one does not begin before another of its name has ended.</summary>
    private static string Key(string ns, string name) => $"{ns}/{name}";

    /// <summary>Forgets some of a claim's pods, if it is there still.</summary>
    private async Task KeepAsync(PreparedClaim seen, Func<string, bool> keeps, CancellationToken cancellationToken)
    {
        using var held = await _locks.TakeAsync([Key(seen.Namespace, seen.Name)], cancellationToken);
        if (_claims.TryGetValue(seen.Uid, out var claim) && !claim.Pods.All(keeps))
        {
            await KeepForAsync(claim, [.. claim.Pods.Where(keeps)], cancellationToken);
        }
    }

    /// <summary>Forgets all pods of a claim but these. Without any, its drivers take it back first, so that a failure leaves it as it was.</summary>
    private async Task KeepForAsync(PreparedClaim claim, ImmutableHashSet<string> pods, CancellationToken cancellationToken)
    {
        if (pods.IsEmpty)
        {
            foreach (var driver in claim.Drivers)
            {
                await _calls.UnprepareAsync(driver, claim, cancellationToken);
            }
        }

        Change(claims => pods.IsEmpty ? claims.Remove(claim.Uid) : claims.SetItem(claim.Uid, claim with { Pods = pods }));
    }

    /// <summary>Whoever changes a claim holds its lock; this one is for those who change others at the same time.</summary>
    private void Change(Func<ImmutableDictionary<string, PreparedClaim>, ImmutableDictionary<string, PreparedClaim>> change)
    {
        lock (_changing)
        {
            _claims = change(_claims);
            _checkpoint?.Write(_claims.Values);
        }
    }

    /// <summary>What is known of a claim, or can be known before its drivers are asked.</summary>
    private PreparedClaim Known(ResourceClaim claim)
    {
        var (meta, results) = (claim.Metadata, claim.Status.Allocation?.Devices.Results.OrEmpty());
        if (results is null)
        {
            throw new ClaimException($"ResourceClaim {meta.Name}: not allocated");
        }

        return _claims.Values.FirstOrDefault(c => c.Name == meta.Name && c.Namespace == meta.Namespace && c.Uid != meta.Uid) is { } old
            ? throw new ClaimException($"old ResourceClaim with same name {meta.Name} and different UID {old.Uid} still exists (previous pod force-deleted?!)")
            : _claims.GetValueOrDefault(meta.Uid) ?? new PreparedClaim(meta.Namespace, meta.Name, meta.Uid, [], [.. results.Select(r => r.Driver).Distinct()], [], false);
    }

    /// <summary>Noted before any driver is asked, so that a kubelet that is killed then still gives it back.</summary>
    private void Use(List<PreparedClaim> claims, string podUid) =>
        Change(all => all.SetItems(claims.Select(c => KeyValuePair.Create(c.Uid, c with { Pods = c.Pods.Add(podUid) }))));

    private async Task PrepareAsync(List<PreparedClaim> claims, CancellationToken cancellationToken)
    {
        foreach (var driver in claims.SelectMany(c => c.Drivers).Distinct().ToList())
        {
            foreach (var (claim, devices) in await _calls.PrepareAsync(driver, claims.Where(c => c.Drivers.Contains(driver)).ToList(), cancellationToken))
            {
                Change(all => all.SetItem(claim.Uid, all[claim.Uid].With(driver, devices)));
            }
        }

        Change(all => all.SetItems(claims.Select(c => KeyValuePair.Create(c.Uid, all[c.Uid] with { IsPrepared = true }))));
    }
}
