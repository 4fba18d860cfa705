using System.Text.Json.Nodes;
using Sampan.Network.Host;

namespace Sampan.Network.Routes;

/// <summary>The host's routes to other nodes' pods. They carry a protocol number of their own, by which they are found again.</summary>
internal sealed class RoutingTable(IHost host)
{
    private const string Protocol = "90";

    public async Task<IReadOnlyList<PodRoute>> ListAsync(CancellationToken cancellationToken)
    {
        var routes = new List<PodRoute>();
        foreach (string family in new[] { "-4", "-6" })
        {
            routes.AddRange(
                from route in Parse(await host.RunAsync("ip", [family, "-j", "route", "show", "proto", Protocol], cancellationToken))
                select new PodRoute(Text(route, "dst"), Text(route, "gateway"), Text(route, "dev")));
        }

        return routes;
    }

    public Task ReplaceAsync(PodRoute route, CancellationToken cancellationToken) => host.RunAsync(
        "ip", ["route", "replace", route.PodCidr, "via", route.Via, "dev", route.Device, "onlink", "proto", Protocol], cancellationToken);

    public Task DeleteAsync(PodRoute route, CancellationToken cancellationToken) =>
        host.RunAsync("ip", ["route", "delete", route.PodCidr, "proto", Protocol], cancellationToken);

    /// <summary>The link to an address, and whether the address is on it rather than behind a router; null when there is no way.</summary>
    public async Task<(string Device, bool OnLink)?> FindLinkAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            var found = Parse(await host.RunAsync("ip", [address.Contains(':', StringComparison.Ordinal) ? "-6" : "-4", "-j", "route", "get", address], cancellationToken)).FirstOrDefault();
            return found is null || Text(found, "type") == "local" ? null : (Text(found, "dev"), found["gateway"] is null);
        }
        catch (HostCommandException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode> Parse(string json) =>
        string.IsNullOrWhiteSpace(json) ? [] : JsonNode.Parse(json)!.AsArray().OfType<JsonNode>();

    private static string Text(JsonNode route, string key) => (string?)route[key] ?? "";
}
