using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// Gives each ready endpoint to a zone, most to their own, so that every zone has about its share of them. An endpoint that was
/// given away stays where it is while that zone may have it, so that few slices change.
/// <code>
/// shares a ½ b ½, endpoints a1 a2 a3 a4 b1 b2:   a gives one to b → a1 hints b, the others their own zone
/// </code>
/// </summary>
internal sealed class ZoneBalance(SortedDictionary<string, ZoneAllocation> zones)
{
    private readonly Dictionary<string, int> _given = [];

    /// <param name="knownZone">The zone that an endpoint is given to now, if any.</param>
    public void Assign(IReadOnlyList<Endpoint> ready, Func<Endpoint, string?> knownZone)
    {
        var rest = new List<Endpoint>();
        foreach (var endpoint in ready)
        {
            if (knownZone(endpoint) is { } zone && zones.TryGetValue(zone, out var allocation) && Given(zone) < allocation.Maximum) Give(endpoint, zone);
            else rest.Add(endpoint);
        }

        foreach (var endpoint in rest) Give(endpoint, endpoint.Zone!);
        var (giving, receiving) = Moves();
        foreach (var endpoint in rest)
        {
            if (receiving.Count == 0) break;
            if (giving.GetValueOrDefault(endpoint.Zone!) == 0) continue;
            giving[endpoint.Zone!]--;
            Give(endpoint, receiving.Dequeue());
        }
    }

    private int Given(string zone) => _given.GetValueOrDefault(zone);

    private void Give(Endpoint endpoint, string zone)
    {
        endpoint.Hints = new EndpointHints { ForZones = [new ForZone { Name = zone }] };
        _given[zone] = Given(zone) + 1;
    }

    /// <summary>The zone with the most too many gives one to that with the most too few, until less than half an endpoint is at stake.</summary>
    private (Dictionary<string, int> Giving, Queue<string> Receiving) Moves()
    {
        var excess = zones.ToDictionary(z => z.Key, z => Given(z.Key) - z.Value.Desired);
        var giving = new Dictionary<string, int>();
        var receiving = new Queue<string>();
        while (true)
        {
            var (most, least) = (excess.MaxBy(z => z.Value), excess.MinBy(z => z.Value));
            if ((most.Value < 1 && least.Value > -1) || most.Value < 0.5 || least.Value > -0.5) return (giving, receiving);
            excess[most.Key]--;
            excess[least.Key]++;
            giving[most.Key] = giving.GetValueOrDefault(most.Key) + 1;
            receiving.Enqueue(least.Key);
        }
    }
}
