using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>One request of a claim, or one of its alternatives.</summary>
internal sealed class WantedDevices
{
    private const string All = "All";

    private WantedDevices(string claim, string request, string? alternative, string className) =>
        (Claim, Request, OwnName, Name, Class) = (claim, request, alternative ?? request, alternative is null ? request : $"{request}/{alternative}", className);

    /// <summary>The claim, for messages.</summary>
    public string Claim { get; }

    /// <summary>The request's own name, which constraints may use as well.</summary>
    public string Request { get; }

    /// <summary>The alternative's own name, or the request's, for messages.</summary>
    public string OwnName { get; }

    /// <summary>As the allocation names it: request, or request/alternative.</summary>
    public string Name { get; }

    /// <summary>The class of devices.</summary>
    public string Class { get; }

    /// <summary>How many; null: all that there are.</summary>
    public long? Count { get; private init; }

    /// <summary>It watches devices that others use.</summary>
    public bool AdminAccess { get; private init; }

    /// <summary>Taints of devices that it bears.</summary>
    public IReadOnlyList<DeviceToleration> Tolerations { get; private init; } = [];

    /// <summary>What it asks for of a shared device's capacity.</summary>
    public IReadOnlyDictionary<string, Quantity> Capacity { get; private init; } = new Dictionary<string, Quantity>();

    /// <summary>The class's selectors and its own, with what to call them.</summary>
    public IReadOnlyList<(string Source, DeviceSelectorProgram Program)> Selectors { get; private set; } = [];

    /// <summary>The alternatives of a request in the order of preference; one for most requests.</summary>
    public static List<WantedDevices> Alternatives(ResourceClaim claim, DeviceRequest request)
    {
        var name = $"{claim.Metadata.Namespace}/{claim.Metadata.Name}";
        return request.Exactly is { } exact ? [Of(name, request, exact)] : [.. request.FirstAvailable.OrEmpty().Select(sub => Of(name, request, sub))];
    }

    /// <summary>The alternatives with their expressions read; the classes must be there.</summary>
    public static List<WantedDevices> Alternatives(ResourceClaim claim, DeviceRequest request, ClusterObjects objects)
    {
        var (all, ledger) = (Alternatives(claim, request), DeviceLedger.Of(objects));
        for (var i = 0; i < all.Count; i++)
        {
            var own = request.Exactly is { } exact ? exact.Selectors : request.FirstAvailable![i].Selectors;
            all[i].Selectors =
            [
                .. Programs(objects.Of<DeviceClass>().Find(all[i].Class)?.Spec.Selectors, $"class {all[i].Class}", ledger),
                .. Programs(own, $"claim {all[i].Claim}", ledger),
            ];
        }
        return all;
    }

    public bool Bears(Device device) => device.Taints.OrEmpty().All(taint =>
        taint.Effect is not ("NoSchedule" or "NoExecute") || Tolerations.Any(toleration => Bears(toleration, taint)));

    /// <summary>Whether the class and the request select a device, all else aside.</summary>
    public DeviceMatch Selects(PooledDevice device)
    {
        foreach (var (source, program) in Selectors)
        {
            var match = device.Match(program);
            if (match.Error is not null) return match with { Error = program.Error is null ? $"{source} on device {device.Id}: {match.Error}" : $"{source}: {match.Error}" };
            if (!match.Selects) return match;
        }
        return new(true, null);
    }

    private static WantedDevices Of(string claim, DeviceRequest request, ExactDeviceRequest exact) => new(claim, request.Name, null, exact.DeviceClassName)
    {
        Count = CountOf(exact.AllocationMode, exact.Count),
        AdminAccess = exact.AdminAccess == true,
        Tolerations = exact.Tolerations.OrEmpty(),
        Capacity = (exact.Capacity?.Requests).OrEmpty(),
    };

    private static WantedDevices Of(string claim, DeviceRequest request, DeviceSubRequest sub) => new(claim, request.Name, sub.Name, sub.DeviceClassName)
    {
        Count = CountOf(sub.AllocationMode, sub.Count),
        Tolerations = sub.Tolerations.OrEmpty(),
        Capacity = (sub.Capacity?.Requests).OrEmpty(),
    };

    private static IEnumerable<(string, DeviceSelectorProgram)> Programs(List<DeviceSelector>? selectors, string owner, DeviceLedger ledger) =>
        selectors.OrEmpty().Select((selector, i) => ($"{owner}: selector #{i}", ledger.Program(selector.Cel?.Expression ?? "")));

    private static bool Bears(DeviceToleration toleration, DeviceTaint taint) =>
        (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
        && (string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint.Key)
        && (toleration.Operator == "Exists" || (toleration.Value ?? "") == (taint.Value ?? ""));

    private static long? CountOf(string? mode, long count) => mode == All ? null : Math.Max(1, count);
}
