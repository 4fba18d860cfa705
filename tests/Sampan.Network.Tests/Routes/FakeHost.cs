using System.Text.Json.Nodes;
using Sampan.Network.Host;

namespace Sampan.Network.Tests.Routes;

/// <summary>A host with a routing table; addresses on its link begin with 192.168.60, others are behind a router.</summary>
internal sealed class FakeHost : IHost
{
    private bool _hasTunnel;

    public Dictionary<string, string> Routes { get; } = [];

    public List<string> Commands { get; } = [];

    public Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string command = $"{program} {string.Join(' ', arguments)}";
        Commands.Add(command);
        return Task.FromResult(arguments switch
        {
            ["-4" or "-6", "-j", "route", "get", var address] => Link(address),
            ["-4" or "-6", "-j", "route", "show", ..] => new JsonArray([.. Routes.Where(r => r.Key.Contains(':') == (arguments[0] == "-6")).Select(Shown)]).ToJsonString(),
            ["route", "replace", var cidr, "via", var via, "dev", var device, ..] => Set(cidr, $"{via} {device}"),
            ["route", "delete", var cidr, ..] => Set(cidr, null),
            ["link", "add", ..] => Tunnel(true),
            ["link", "delete", ..] => Tunnel(false),
            ["-j", "fdb", ..] => "[]",
            ["-j", "link", "show", "dev", "eth0"] => """[{"ifname":"eth0","mtu":1500}]""",
            _ => "",
        });
    }

    public Task<string?> ReadSettingAsync(string path, CancellationToken cancellationToken) => Task.FromResult(_hasTunnel ? "1" : null);

    public Task WriteSettingAsync(string path, string value, CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Link(string address) => address.StartsWith("192.168.60.", StringComparison.Ordinal) || address.StartsWith("fd60::", StringComparison.Ordinal)
        ? $$"""[{"dst":"{{address}}","dev":"eth0"}]"""
        : address.StartsWith("10.", StringComparison.Ordinal)
            ? throw new HostCommandException("RTNETLINK answers: Network is unreachable")
            : $$"""[{"dst":"{{address}}","gateway":"192.168.60.1","dev":"eth0"}]""";

    private static JsonNode Shown(KeyValuePair<string, string> route)
    {
        string[] words = route.Value.Split(' ');
        return new JsonObject { ["dst"] = route.Key, ["gateway"] = words[0], ["dev"] = words[1] };
    }

    private string Set(string cidr, string? route)
    {
        if (route is null) Routes.Remove(cidr);
        else Routes[cidr] = route;
        return "";
    }

    private string Tunnel(bool exists)
    {
        _hasTunnel = exists;
        return "";
    }
}
