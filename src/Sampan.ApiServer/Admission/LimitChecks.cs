using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>What is wrong with requests and limits under one item of a limit range.</summary>
internal static class LimitChecks
{
    public static IEnumerable<string> All(
        LimitRangeItem item, IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        IEnumerable<string?> complaints =
        [
            .. Sorted(item.Min).Select(one => Minimum(item.Type, one.Key, one.Value, Of(requests, one.Key), Of(limits, one.Key))),
            .. Sorted(item.Max).Select(one => Maximum(item.Type, one.Key, one.Value, Of(requests, one.Key), Of(limits, one.Key))),
            .. Sorted(item.MaxLimitRequestRatio).Select(one => Ratio(item.Type, one.Key, one.Value, Of(requests, one.Key), Of(limits, one.Key))),
        ];
        return complaints.OfType<string>();
    }

    /// <summary>For claims, which have no limits.</summary>
    public static IEnumerable<string> OfRequests(LimitRangeItem item, IReadOnlyDictionary<string, Quantity> requests)
    {
        IEnumerable<string?> complaints =
        [
            .. Sorted(item.Min).Select(one => Minimum(item.Type, one.Key, one.Value, Of(requests, one.Key), null)),
            .. Sorted(item.Max).Select(one => MaximumRequest(item.Type, one.Key, one.Value, Of(requests, one.Key))),
        ];
        return complaints.OfType<string>();
    }

    private static string? Minimum(string type, string name, Quantity least, Quantity? request, Quantity? limit)
    {
        var rule = $"minimum {name} usage per {type} is {least}";
        return request is not { } asked ? $"{rule}.  No request is specified"
            : asked < least ? $"{rule}, but request is {asked}"
            : limit < least ? $"{rule}, but limit is {limit}"
            : null;
    }

    private static string? Maximum(string type, string name, Quantity most, Quantity? request, Quantity? limit)
    {
        var rule = $"maximum {name} usage per {type} is {most}";
        return limit is not { } allowed ? $"{rule}.  No limit is specified"
            : allowed > most ? $"{rule}, but limit is {allowed}"
            : request > most ? $"{rule}, but request is {request}"
            : null;
    }

    private static string? MaximumRequest(string type, string name, Quantity most, Quantity? request)
    {
        var rule = $"maximum {name} usage per {type} is {most}";
        return request is not { } asked ? $"{rule}.  No request is specified" : asked > most ? $"{rule}, but request is {asked}" : null;
    }

    private static string? Ratio(string type, string name, Quantity most, Quantity? request, Quantity? limit)
    {
        var rule = $"{name} max limit to request ratio per {type} is {most}";
        if (request is not { IsZero: false } asked)
        {
            return $"{rule}, but no request is specified or request is 0";
        }
        if (limit is not { IsZero: false } allowed)
        {
            return $"{rule}, but no limit is specified or limit is 0";
        }
        var ratio = allowed.AsDouble() / asked.AsDouble();
        return ratio > most.AsDouble() ? string.Create(CultureInfo.InvariantCulture, $"{rule}, but provided ratio is {ratio:F6}") : null;
    }

    private static IEnumerable<KeyValuePair<string, Quantity>> Sorted(Dictionary<string, Quantity>? list) =>
        list.OrEmpty().OrderBy(entry => entry.Key, StringComparer.Ordinal);

    private static Quantity? Of(IReadOnlyDictionary<string, Quantity> list, string name) => list.TryGetValue(name, out var amount) ? amount : null;
}
