using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>One request of a claim, or one of its alternatives.</summary>
/// <param name="Name">As the allocation names it: request, or request/alternative.</param>
/// <param name="Request">The request's own name, which constraints may use as well.</param>
/// <param name="Class">The class of devices.</param>
/// <param name="Count">How many; null: all that there are.</param>
/// <param name="AdminAccess">It watches devices that others use.</param>
/// <param name="Tolerations">Taints of devices that it bears.</param>
internal sealed record WantedDevices(string Name, string Request, string Class, long? Count, bool AdminAccess, IReadOnlyList<DeviceToleration> Tolerations)
{
    private const string All = "All";

    /// <summary>The alternatives of a request in the order of preference; one for most requests.</summary>
    public static List<WantedDevices> Alternatives(DeviceRequest request) => request.Exactly is { } exact
        ? [new(request.Name, request.Name, exact.DeviceClassName, CountOf(exact.AllocationMode, exact.Count), exact.AdminAccess == true, exact.Tolerations.OrEmpty())]
        : [.. request.FirstAvailable.OrEmpty().Select(sub => new WantedDevices(
            $"{request.Name}/{sub.Name}", request.Name, sub.DeviceClassName, CountOf(sub.AllocationMode, sub.Count), false, sub.Tolerations.OrEmpty()))];

    /// <summary>Whether the request asks for something that only an expression can decide.</summary>
    public static bool HasSelectors(DeviceRequest request) =>
        request.Exactly?.Selectors is { Count: > 0 } || request.FirstAvailable.OrEmpty().Any(sub => sub.Selectors is { Count: > 0 });

    public bool Bears(Device device) => device.Taints.OrEmpty().All(taint =>
        taint.Effect is not ("NoSchedule" or "NoExecute") || Tolerations.Any(toleration => Bears(toleration, taint)));

    private static bool Bears(DeviceToleration toleration, DeviceTaint taint) =>
        (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
        && (string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint.Key)
        && (toleration.Operator == "Exists" || (toleration.Value ?? "") == (taint.Value ?? ""));

    private static long? CountOf(string? mode, long count) => mode == All ? null : Math.Max(1, count);
}
