using System.Text.Json.Nodes;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Devices;

/// <summary>Files that upstream's kubelet wrote are what ours writes of the same.</summary>
public sealed class DeviceCheckpointTests : IDisposable
{
    private const string Response = "Ch8KFk5WSURJQV9WSVNJQkxFX0RFVklDRVMSBXRlZ3Jh";
    private readonly TemporaryDirectory _directory = new();
    private readonly DeviceCheckpoint _checkpoint;

    public DeviceCheckpointTests() => _checkpoint = new DeviceCheckpoint(_directory["checkpoint"]);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_DeviceOfAContainer_IsUpstreamsFile()
    {
        var devices = new AllocatedDevices("bf52b2cd-b611-4e79-86b1-280b283185c3", "check", "nvidia.com/gpu", ["tegra"], ContainerAllocateResponse.Parser.ParseFrom(Convert.FromBase64String(Response)));
        _checkpoint.Write([devices], [new("nvidia.com/gpu", ["tegra"])]);
        Assert.Equal(
            "{\"Data\":{\"PodDeviceEntries\":[{\"PodUID\":\"bf52b2cd-b611-4e79-86b1-280b283185c3\",\"ContainerName\":\"check\",\"ResourceName\":\"nvidia.com/gpu\",\"DeviceIDs\":{\"-1\":[\"tegra\"]},"
            + $"\"AllocResp\":\"{Response}\"}}],\"RegisteredDevices\":{{\"nvidia.com/gpu\":[\"tegra\"]}}}},\"Checksum\":3660592824}}",
            File.ReadAllText(_directory["checkpoint"]));
    }

    [Fact]
    public void Write_NothingGivenOut_IsUpstreamsFile()
    {
        _checkpoint.Write([], [new("nvidia.com/gpu", ["GPU-0650a168-e770-3ea8-8ac3-8a1d419763e0"])]);
        Assert.Equal(
            "{\"Data\":{\"PodDeviceEntries\":null,\"RegisteredDevices\":{\"nvidia.com/gpu\":[\"GPU-0650a168-e770-3ea8-8ac3-8a1d419763e0\"]}},\"Checksum\":3952659280}",
            File.ReadAllText(_directory["checkpoint"]));
        var (allocated, resources) = _checkpoint.Read();
        Assert.Empty(allocated);
        Assert.Equal(["nvidia.com/gpu"], resources);
    }

    /// <summary>Upstream: TestDevicesPerNUMA; a device next to two nodes is listed by both.</summary>
    [Fact]
    public void Write_DevicesOfSeveralNodes_AreListedByThem()
    {
        var devices = new AllocatedDevices("uid", "web", "example.com/gpu", ["a", "b"], new()) { ByNode = [(0, ["a"]), (1, ["a", "b"])] };
        _checkpoint.Write([devices], []);
        Assert.Equal("{\"0\":[\"a\"],\"1\":[\"a\",\"b\"]}", JsonNode.Parse(File.ReadAllText(_directory["checkpoint"]))!["Data"]!["PodDeviceEntries"]![0]!["DeviceIDs"]!.ToJsonString());
        var known = Assert.Single(_checkpoint.Read().Allocated);
        Assert.Equal(["a", "b"], known.Ids);
        Assert.Equal(["0: a", "1: a b"], known.ByNode.Select(n => $"{n.Node}: {string.Join(' ', n.Ids)}"));
    }
}
