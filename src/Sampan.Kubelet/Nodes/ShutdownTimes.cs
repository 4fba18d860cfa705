using System.Text.Json;
using System.Text.Json.Serialization;
using Sampan.Client;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// When the node's last shutdown began and was over, in upstream's file: whoever asks once the machine is up again learns it.
/// <code>{ "startTime": "2026-01-01T00:00:00Z", "endTime": "0001-01-01T00:00:00Z" }</code>
/// </summary>
internal sealed record ShutdownTimes
{
    public const string FileName = "graceful_node_shutdown_state";

    private static readonly DateTime Never = new(0, DateTimeKind.Utc);

    [JsonPropertyName("startTime")]
    public DateTime Start { get; init; } = Never;

    /// <summary>The first day of all while it goes on, and where the machine did not wait for its end.</summary>
    [JsonPropertyName("endTime")]
    public DateTime End { get; init; } = Never;

    /// <summary>Null where there was none, or nobody can read when.</summary>
    public static ShutdownTimes? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), KubeletJson.Default.ShutdownTimes) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    public void Write(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, KubeletJson.Default.ShutdownTimes));
}
