using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>What requests for devices have when their author does not say.</summary>
internal static class DeviceClaimDefaults
{
    private const string ExactCount = "ExactCount";

    public static void Apply(DeviceClaim claim)
    {
        foreach (var request in claim.Requests.OrEmpty())
        {
            if (request.Exactly is { } exactly)
            {
                exactly.AllocationMode = Mode(exactly.AllocationMode);
                exactly.Count = exactly is { AllocationMode: ExactCount, Count: 0 } ? 1 : exactly.Count;
                Apply(exactly.Tolerations);
            }
            foreach (var sub in request.FirstAvailable.OrEmpty())
            {
                sub.AllocationMode = Mode(sub.AllocationMode);
                sub.Count = sub is { AllocationMode: ExactCount, Count: 0 } ? 1 : sub.Count;
                Apply(sub.Tolerations);
            }
        }
    }

    private static string Mode(string? mode) => string.IsNullOrEmpty(mode) ? ExactCount : mode;

    private static void Apply(List<DeviceToleration>? tolerations) =>
        tolerations?.ForEach(toleration => toleration.Operator = string.IsNullOrEmpty(toleration.Operator) ? "Equal" : toleration.Operator);
}
