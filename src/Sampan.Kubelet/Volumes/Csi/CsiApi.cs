using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>Through the API server, as this node.</summary>
internal sealed class CsiApi(ApiClient client, string nodeName, Informer<CSIDriver> drivers, Informer<Node> node) : ICsiApi
{
    public string NodeName => nodeName;

    public CSIDriver? Driver(string name) => drivers.Get(null, name);

    public Node? Node() => node.Get(null, nodeName);

    public Task<VolumeAttachment?> FindAttachmentAsync(string name, CancellationToken cancellationToken) =>
        client.Of<VolumeAttachment>().FindAsync(null, name, cancellationToken);

    public Task<CSINode?> FindCsiNodeAsync(CancellationToken cancellationToken) => client.Of<CSINode>().FindAsync(null, nodeName, cancellationToken);

    public Task CreateCsiNodeAsync(CSINode csiNode, CancellationToken cancellationToken) => client.Of<CSINode>().CreateAsync(csiNode, cancellationToken);

    public Task UpdateCsiNodeAsync(CSINode csiNode, CancellationToken cancellationToken) => client.Of<CSINode>().UpdateAsync(csiNode, cancellationToken);

    public Task<Node> GetNodeAsync(CancellationToken cancellationToken) => client.Of<Node>().GetAsync(null, nodeName, cancellationToken);

    public Task PatchNodeAsync(JsonObject patch, CancellationToken cancellationToken) =>
        client.Of<Node>().PatchAsync(null, nodeName, Patch.StrategicMerge(patch), cancellationToken);

    public Task PatchClaimStatusAsync(string ns, string name, JsonObject patch, CancellationToken cancellationToken) =>
        client.Of<PersistentVolumeClaim>().PatchAsync(ns, name, Patch.Merge(patch), "status", cancellationToken);
}
