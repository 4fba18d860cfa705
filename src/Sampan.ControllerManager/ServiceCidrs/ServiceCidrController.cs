using Sampan.Api.Meta.V1;
using Sampan.Api.Networking.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.ServiceCidrs;

/// <summary>Says when a ServiceCIDR can be used, and lets it go only without addresses that no other one holds. Upstream: pkg/controller/servicecidrs.</summary>
internal sealed class ServiceCidrController : Controller
{
    private const string Finalizer = "networking.k8s.io/service-cidr-finalizer";

    /// <summary>The time that API servers have to notice that a range is going and to allocate from it no more.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Addresses that API servers gave to Services; those that users wrote hold no range.</summary>
    private const string ManagedBy = "ipaddress.kubernetes.io/managed-by";
    private const string Allocator = "ipallocator.k8s.io";
    private readonly Informer<ServiceCIDR> _cidrs;
    private readonly Informer<IPAddress> _addresses;
    private readonly OwnWrites<ServiceCIDR> _writes;

    public ServiceCidrController(ControllerContext context)
        : base("service-cidr-controller", context)
    {
        _cidrs = Watch<ServiceCIDR>(c => Overlapping(c).Select(KeyOf).Append(KeyOf(c)));
        _addresses = Watch<IPAddress>(a => Holding(a).Select(KeyOf));
        _writes = Writes(_cidrs);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_cidrs.Get(key) is not { } cidr) return ReconcileResult.Done;
        if (cidr.Metadata.DeletionTimestamp is { } going) return await EndAsync(cidr, going, cancellationToken);
        if (!HasFinalizer(cidr)) cidr = await ChangeFinalizerAsync(cidr, f => f.Add(Finalizer), cancellationToken);
        try
        {
            await SayAsync(cidr, "True", "", "Kubernetes Service CIDR is ready", cancellationToken);
        }
        catch (StatusException)
        {
            Events.Event(cidr, "Warning", "KubernetesServiceCIDRError", "The ServiceCIDR Status can not be set to Ready=True");
            throw;
        }

        return ReconcileResult.Done;
    }

    private async Task<ReconcileResult> EndAsync(ServiceCIDR cidr, Time going, CancellationToken cancellationToken)
    {
        if (!HasFinalizer(cidr)) return ReconcileResult.Done;
        if (!MayGo(cidr))
        {
            const string Why = "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR";
            await SayAsync(cidr, "False", "Terminating", Why, cancellationToken);
            return ReconcileResult.Done;
        }

        var left = going.Value + Grace - Time.GetUtcNow();
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        await ChangeFinalizerAsync(cidr, f => f.Remove(Finalizer), cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>Every address in it lies in another range too.</summary>
    private bool MayGo(ServiceCIDR cidr)
    {
        var others = _cidrs.List().Where(c => c.Metadata.Uid != cidr.Metadata.Uid && c.Metadata.DeletionTimestamp is null).ToList();
        return !_addresses.List().Any(a => IsAllocated(a) && Contains(cidr, a) && !others.Exists(c => Contains(c, a)));
    }

    private async Task SayAsync(ServiceCIDR cidr, string status, string reason, string message, CancellationToken cancellationToken)
    {
        if (cidr.Status.Conditions?.Exists(c => c.Type == "Ready" && c.Status == status && c.Reason == reason) == true) return;
        var copy = cidr.DeepClone();
        Conditions.Set(copy.Status.Conditions ??= [], new Condition { Type = "Ready", Status = status, Reason = reason, Message = message }, Time.GetUtcNow());
        await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    private async Task<ServiceCIDR> ChangeFinalizerAsync(ServiceCIDR cidr, Action<List<string>> change, CancellationToken cancellationToken)
    {
        var copy = cidr.DeepClone();
        change(copy.Metadata.Finalizers ??= []);
        return await _writes.UpdateAsync(copy, cancellationToken);
    }

    private static bool HasFinalizer(ServiceCIDR cidr) => cidr.Metadata.Finalizers.OrEmpty().Contains(Finalizer);

    private IEnumerable<ServiceCIDR> Holding(IPAddress address) => IsAllocated(address) ? _cidrs.List().Where(c => Contains(c, address)) : [];

    private static bool IsAllocated(IPAddress address) => address.Metadata.Labels?.GetValueOrDefault(ManagedBy) == Allocator;

    private IEnumerable<ServiceCIDR> Overlapping(ServiceCIDR cidr)
    {
        var own = Networks(cidr).ToList();
        return _cidrs.List().Where(c => Networks(c).Any(n => own.Exists(o => o.Contains(n.BaseAddress) || n.Contains(o.BaseAddress))));
    }

    private static bool Contains(ServiceCIDR cidr, IPAddress address) =>
        System.Net.IPAddress.TryParse(address.Metadata.Name, out var ip) && Networks(cidr).Any(n => n.Contains(ip));

    private static IEnumerable<System.Net.IPNetwork> Networks(ServiceCIDR cidr)
    {
        foreach (var text in cidr.Spec.Cidrs.OrEmpty())
            if (System.Net.IPNetwork.TryParse(text, out var network)) yield return network;
    }
}
