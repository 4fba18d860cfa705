using System.Text.Json.Nodes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Attaches a namespace to a node's network as the container runtime would: with the real plugin.</summary>
internal static class PodAttachment
{
    /// <returns>The pod's addresses, one of each IP family.</returns>
    public static IReadOnlyList<string> Attach(NetworkNamespace node, NetworkNamespace pod, string configDirectory)
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(configDirectory, "10-sampan.conflist")))!;
        var plugin = config["plugins"]![0]!.DeepClone().AsObject();
        plugin["cniVersion"] = (string)config["cniVersion"]!;
        plugin["name"] = (string)config["name"]!;
        string result = NetworkNamespace.Shell(
            ["ip", "netns", "exec", node.Name, "/usr/lib/cni/bridge"],
            new Dictionary<string, string>
            {
                ["CNI_COMMAND"] = "ADD", ["CNI_CONTAINERID"] = pod.Name, ["CNI_NETNS"] = pod.Path,
                ["CNI_IFNAME"] = "eth0", ["CNI_PATH"] = "/usr/lib/cni",
            },
            plugin.ToJsonString());
        return [.. JsonNode.Parse(result)!["ips"]!.AsArray().Select(ip => ((string)ip!["address"]!).Split('/')[0])];
    }
}
