using Sampan.Api.ApiServerInternal.V1Alpha1;

namespace Sampan.ControllerManager.StorageVersions;

/// <summary>The version that all API servers write a resource in, if they agree.</summary>
internal static class CommonEncoding
{
    private const string Condition = "AllEncodingVersionsEqual";

    public static void Set(StorageVersionStatus status, long generation, DateTimeOffset now)
    {
        var encodings = status.StorageVersions.OrEmpty().Select(s => s.EncodingVersion).Distinct().ToList();
        status.CommonEncodingVersion = encodings is [var common] ? common : null;
        var next = new StorageVersionCondition
        {
            Type = Condition,
            Status = status.CommonEncodingVersion is null ? "False" : "True",
            Reason = status.CommonEncodingVersion is null ? "CommonEncodingVersionUnset" : "CommonEncodingVersionSet",
            Message = status.CommonEncodingVersion is null ? "Common encoding version unset" : "Common encoding version set",
            ObservedGeneration = generation,
        };
        var conditions = status.Conditions ??= [];
        var known = conditions.Find(c => c.Type == Condition);
        next.LastTransitionTime = known?.Status == next.Status ? known.LastTransitionTime : now;
        if (known is null) conditions.Add(next);
        else conditions[conditions.IndexOf(known)] = next;
    }
}
