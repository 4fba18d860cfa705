using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Client;
using Sampan.Kubelet.Checkpoints;

namespace Sampan.Kubelet.Devices;

/// <summary>
/// Who has which devices, kept across restarts of the kubelet in upstream's file and form. Devices are listed by NUMA node,
/// -1 where that does not matter.
/// <code>
/// { "Data": { "PodDeviceEntries": [ { "PodUID": "…", "ContainerName": "web", "ResourceName": "example.com/gpu",
///                                     "DeviceIDs": { "-1": [ "gpu0" ] }, "AllocResp": "base64" } ],
///             "RegisteredDevices": { "example.com/gpu": [ "gpu0", "gpu1" ] } }, "Checksum": 3660592824 }
/// </code>
/// </summary>
internal sealed class DeviceCheckpoint(string path)
{
    public bool Exists => File.Exists(path);

    public (IReadOnlyList<AllocatedDevices> Allocated, IReadOnlyList<string> Resources) Read()
    {
        try
        {
            return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path))?["Data"] is { } data ? Parse(data) : ([], []);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or InvalidProtocolBufferException)
        {
            // A file that cannot be read says nothing: devices of running containers are unknown then, as upstream has it.
            return ([], []);
        }
    }

    public void Write(IEnumerable<AllocatedDevices> allocated, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> registered)
    {
        var (entries, resources) = (allocated.ToList(), registered.OrderBy(r => r.Key, StringComparer.Ordinal).ToList());
        var tree = new JsonObject
        {
            ["Data"] = new JsonObject
            {
                ["PodDeviceEntries"] = entries.Count > 0 ? new JsonArray([.. entries.Select(Tree)]) : null,
                ["RegisteredDevices"] = new JsonObject(resources.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)Names(r.Value)))),
            },
            ["Checksum"] = Checksum.Of(Text(entries, resources)),
        };
        WholeFile.Write(path, tree.ToJsonString());
    }

    private static string Text(List<AllocatedDevices> entries, List<KeyValuePair<string, IReadOnlyList<string>>> resources) =>
        $"(checkpoint.checkpointData){{PodDeviceEntries:([]checkpoint.PodDevicesEntry){(entries.Count > 0 ? Checksum.List(entries.Select(Text)) : "<nil>")} "
        + $"RegisteredDevices:(map[string][]string){Checksum.Map(resources.Select(r => (r.Key, Checksum.List(r.Value))))}}}";

    private static string Text(AllocatedDevices devices) =>
        $"{{PodUID:(string){devices.PodUid} ContainerName:(string){devices.Container} ResourceName:(string){devices.Resource} "
        + $"DeviceIDs:(checkpoint.DevicesPerNUMA){Checksum.Map(devices.ByNode.Select(n => (n.Node, Checksum.List(n.Ids))))} "
        + $"AllocResp:([]uint8){Checksum.List(devices.Response.ToByteArray())}}}";

    private static JsonNode Tree(AllocatedDevices devices) => new JsonObject
    {
        ["PodUID"] = devices.PodUid,
        ["ContainerName"] = devices.Container,
        ["ResourceName"] = devices.Resource,
        ["DeviceIDs"] = new JsonObject(devices.ByNode.Select(n => KeyValuePair.Create(n.Node.ToString(CultureInfo.InvariantCulture), (JsonNode?)Names(n.Ids)))),
        ["AllocResp"] = Convert.ToBase64String(devices.Response.ToByteArray()),
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode?)n)]);

    private static (IReadOnlyList<AllocatedDevices> Allocated, IReadOnlyList<string> Resources) Parse(JsonNode data) =>
    (
        [.. (data["PodDeviceEntries"] as JsonArray ?? []).Select(Entry!)],
        [.. (data["RegisteredDevices"] as JsonObject ?? []).Select(r => r.Key)]);

    private static AllocatedDevices Entry(JsonNode entry)
    {
        var nodes = entry["DeviceIDs"]!.AsObject().Select(node => (Node: long.Parse(node.Key, CultureInfo.InvariantCulture), Ids: (IReadOnlyList<string>)[.. node.Value!.AsArray().Select(id => (string)id!)])).ToList();
        return new(
            (string)entry["PodUID"]!,
            (string)entry["ContainerName"]!,
            (string)entry["ResourceName"]!,
            [.. nodes.SelectMany(n => n.Ids).Distinct().Order(StringComparer.Ordinal)],
            ContainerAllocateResponse.Parser.ParseFrom(Convert.FromBase64String((string)entry["AllocResp"]!)))
        {
            ByNode = [.. nodes.OrderBy(n => n.Node)],
        };
    }
}
