using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Storage.V1;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.Kubelet.Tests.Fakes;

internal sealed class FakeCsiApi : ICsiApi
{
    public string NodeName => "node";

    public Dictionary<string, CSIDriver> Drivers { get; } = [];

    public Dictionary<string, VolumeAttachment> Attachments { get; } = [];

    public Api.Core.V1.Node Object { get; set; } = new() { Metadata = new() { Name = "node", Uid = "uid-node", Labels = [] } };

    public CSINode? CsiNode { get; set; }

    public List<JsonObject> NodePatches { get; } = [];

    public List<JsonObject> ClaimPatches { get; } = [];

    public CSIDriver? Driver(string name) => Drivers.GetValueOrDefault(name);

    public Api.Core.V1.Node? Node() => Object;

    public Task<VolumeAttachment?> FindAttachmentAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Attachments.GetValueOrDefault(name));

    public Task<CSINode?> FindCsiNodeAsync(CancellationToken cancellationToken) => Task.FromResult(CsiNode);

    public Task CreateCsiNodeAsync(CSINode node, CancellationToken cancellationToken) => UpdateCsiNodeAsync(node, cancellationToken);

    /// <summary>Takes the place of the next write of the CSINode.</summary>
    public Queue<Exception> WriteFaults { get; } = [];

    public Task UpdateCsiNodeAsync(CSINode node, CancellationToken cancellationToken)
    {
        if (WriteFaults.TryDequeue(out var fault)) return Task.FromException(fault);

        CsiNode = node;
        return Task.CompletedTask;
    }

    public Task<Api.Core.V1.Node> GetNodeAsync(CancellationToken cancellationToken) => Task.FromResult(Object);

    /// <summary>Understands what the kubelet patches: labels and annotations, null for gone.</summary>
    public Task PatchNodeAsync(JsonObject patch, CancellationToken cancellationToken)
    {
        NodePatches.Add(patch);
        Object = Object.DeepClone();
        Apply(patch["metadata"]!["labels"], Object.Metadata.Labels ??= []);
        Apply(patch["metadata"]!["annotations"], Object.Metadata.Annotations ??= []);
        return Task.CompletedTask;
    }

    public Task PatchClaimStatusAsync(string ns, string name, JsonObject patch, CancellationToken cancellationToken)
    {
        ClaimPatches.Add(patch);
        return Task.CompletedTask;
    }

    private static void Apply(JsonNode? changes, Dictionary<string, string> map)
    {
        foreach (var (key, value) in changes?.AsObject() ?? [])
        {
            _ = value is null ? map.Remove(key) : (map[key] = (string)value!).Length > 0;
        }
    }
}
