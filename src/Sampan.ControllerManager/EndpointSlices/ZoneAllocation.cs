namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// How many of a Service's endpoints a zone may be given. With less than the minimum each of them would get a fifth more traffic
/// than its share.
/// </summary>
internal readonly record struct ZoneAllocation(int Minimum, int Maximum, double Desired)
{
    private const double OverloadThreshold = 0.2;

    /// <summary>Each zone's, or why there can be none.</summary>
    public static (SortedDictionary<string, ZoneAllocation> Zones, string? Problem) Of(IReadOnlyDictionary<string, double>? shares, int endpoints)
    {
        var zones = new SortedDictionary<string, ZoneAllocation>(StringComparer.Ordinal);
        if (shares is null) return (zones, "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes");
        var numbers = $"({endpoints} endpoints, {shares.Count} zones)";
        if (shares.Count > endpoints) return (zones, $"Insufficient number of endpoints {numbers}");

        var minimums = shares.ToDictionary(s => s.Key, s => (int)Math.Ceiling(s.Value * endpoints / (1 + OverloadThreshold)));
        var spare = endpoints - minimums.Values.Sum();
        if (spare < 0) return (zones, $"Unable to allocate minimum required endpoints to each zone without exceeding overload threshold {numbers}");
        foreach (var (zone, minimum) in minimums)
            zones[zone] = new ZoneAllocation(minimum, minimum + spare, Math.Max(shares[zone] * endpoints, minimum));
        return (zones, null);
    }
}
