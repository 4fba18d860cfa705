using System.Text.Json;
using System.Text.Json.Serialization;
using Sampan.Client;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>What is kept beside a mounted volume, so that it can be unmounted when nobody remembers it any more.</summary>
internal sealed record CsiVolumeData
{
    [JsonPropertyName("driverName")]
    public string Driver { get; init; } = "";

    [JsonPropertyName("volumeHandle")]
    public string Handle { get; init; } = "";

    [JsonPropertyName("specVolID")]
    public string? SpecName { get; init; }

    [JsonPropertyName("nodeName")]
    public string? NodeName { get; init; }

    [JsonPropertyName("attachmentID")]
    public string? AttachmentId { get; init; }

    [JsonPropertyName("volumeLifecycleMode")]
    public string? LifecycleMode { get; init; }

    /// <summary>A pod's own, never attached or staged.</summary>
    [JsonIgnore]
    public bool IsEphemeral => LifecycleMode == CsiVolume.Ephemeral;

    public static CsiVolumeData Of(CsiVolume volume, string node) => new()
    {
        Driver = volume.Driver,
        Handle = volume.Handle,
        SpecName = volume.SpecName,
        NodeName = node,
        AttachmentId = volume.AttachmentOn(node),
        LifecycleMode = volume.LifecycleMode,
    };

    /// <summary>Null when there is none, or none that can be read.</summary>
    public static CsiVolumeData? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(directory, CsiPaths.DataFile)), KubeletJson.Default.CsiVolumeData);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>By a rename, so that a reader never finds half of it.</summary>
    public void Write(string directory) => WholeFile.Write(Path.Combine(directory, CsiPaths.DataFile), JsonSerializer.SerializeToUtf8Bytes(this, KubeletJson.Default.CsiVolumeData));
}
