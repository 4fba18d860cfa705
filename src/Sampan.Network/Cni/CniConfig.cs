using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Client;
using Sampan.Network.Host;

namespace Sampan.Network.Cni;

/// <summary>The CNI configuration that the container runtime reads: bridge with addresses from host-local, and portmap for host ports.</summary>
internal sealed class CniConfig(PodNetworkOptions options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Path => System.IO.Path.Combine(options.ConfigDirectory, "10-sampan.conflist");

    /// <summary>Where host-local keeps who has which address.</summary>
    public string LeaseDirectory => System.IO.Path.Combine(options.StateDirectory, "leases");

    public string Render(IReadOnlyList<PodSubnet> subnets, bool hostPorts)
    {
        var plugins = new JsonArray(Bridge(subnets));
        if (hostPorts) plugins.Add((JsonNode)PortMap());
        return new JsonObject { ["cniVersion"] = "1.0.0", ["name"] = "sampan", ["plugins"] = plugins }.ToJsonString(Indented) + "\n";
    }

    /// <summary>Writes the file if it differs, whole or not at all, so that the runtime never reads half of it.</summary>
    public void Write(string text)
    {
        Directory.CreateDirectory(options.ConfigDirectory);
        Directory.CreateDirectory(LeaseDirectory);
        if (!File.Exists(Path) || File.ReadAllText(Path) != text) WholeFile.Write(Path, text);
    }

    public void Remove()
    {
        if (Directory.Exists(options.ConfigDirectory)) File.Delete(Path);
        if (Directory.Exists(LeaseDirectory)) Directory.Delete(LeaseDirectory, recursive: true);
    }

    /// <summary>Masquerading is done by the rules of the network, not by the plugin, whose way leaves iptables behind.</summary>
    private JsonObject Bridge(IReadOnlyList<PodSubnet> subnets)
    {
        var bridge = new JsonObject
        {
            ["type"] = "bridge",
            ["bridge"] = options.Bridge,
            ["isGateway"] = true,
            ["ipMasq"] = false,
            ["hairpinMode"] = true,
            ["ipam"] = new JsonObject
            {
                ["type"] = "host-local",
                ["dataDir"] = LeaseDirectory,
                ["ranges"] = new JsonArray([.. subnets.Select(s => new JsonArray(new JsonObject { ["subnet"] = s.Cidr }))]),
                ["routes"] = new JsonArray([.. subnets.Select(s => new JsonObject { ["dst"] = s.IsV6 ? "::/0" : "0.0.0.0/0" })]),
            },
        };
        if (options.Mtu is { } mtu) bridge["mtu"] = mtu;
        return bridge;
    }

    private static JsonObject PortMap() => new()
    {
        ["type"] = "portmap",
        ["snat"] = true,
        ["capabilities"] = new JsonObject { ["portMappings"] = true },
    };
}
