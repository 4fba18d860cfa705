using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Client;

namespace Sampan.Kubelet.Devices;

/// <summary>
/// Who has which devices, kept across restarts of the kubelet in upstream's file and form. Devices are listed by NUMA node,
/// -1 where that does not matter.
/// <code>
/// { "Data": { "PodDeviceEntries": [ { "PodUID": "…", "ContainerName": "web", "ResourceName": "example.com/gpu",
///                                     "DeviceIDs": { "-1": [ "gpu0" ] }, "AllocResp": "base64" } ],
///             "RegisteredDevices": { "example.com/gpu": [ "gpu0", "gpu1" ] } }, "Checksum": 0 }
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
        var tree = new JsonObject
        {
            ["Data"] = new JsonObject
            {
                ["PodDeviceEntries"] = new JsonArray([.. allocated.Select(Tree)]),
                ["RegisteredDevices"] = new JsonObject(registered.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)Names(r.Value)))),
            },
            ["Checksum"] = 0,
        };
        WholeFile.Write(path, tree.ToJsonString());
    }

    private static JsonNode Tree(AllocatedDevices devices) => new JsonObject
    {
        ["PodUID"] = devices.PodUid,
        ["ContainerName"] = devices.Container,
        ["ResourceName"] = devices.Resource,
        ["DeviceIDs"] = new JsonObject { ["-1"] = Names(devices.Ids) },
        ["AllocResp"] = Convert.ToBase64String(devices.Response.ToByteArray()),
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode?)n)]);

    private static (IReadOnlyList<AllocatedDevices> Allocated, IReadOnlyList<string> Resources) Parse(JsonNode data) =>
    (
        [.. (data["PodDeviceEntries"] as JsonArray ?? []).Select(Entry!)],
        [.. (data["RegisteredDevices"] as JsonObject ?? []).Select(r => r.Key)]);

    private static AllocatedDevices Entry(JsonNode entry) => new(
        (string)entry["PodUID"]!,
        (string)entry["ContainerName"]!,
        (string)entry["ResourceName"]!,
        [.. entry["DeviceIDs"]!.AsObject().SelectMany(node => node.Value!.AsArray()).Select(id => (string)id!).Distinct().Order(StringComparer.Ordinal)],
        ContainerAllocateResponse.Parser.ParseFrom(Convert.FromBase64String((string)entry["AllocResp"]!)));
}
