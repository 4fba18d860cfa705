using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>What CSI needs of the API beyond the objects that pods refer to.</summary>
internal interface ICsiApi
{
    string NodeName { get; }

    /// <summary>What the cluster says of a driver; null where it says nothing.</summary>
    CSIDriver? Driver(string name);

    /// <summary>This node as it is known now; null before it is registered.</summary>
    Node? Node();

    Task<VolumeAttachment?> FindAttachmentAsync(string name, CancellationToken cancellationToken);

    Task<CSINode?> FindCsiNodeAsync(CancellationToken cancellationToken);

    Task CreateCsiNodeAsync(CSINode node, CancellationToken cancellationToken);

    Task UpdateCsiNodeAsync(CSINode node, CancellationToken cancellationToken);

    /// <summary>The node as the API server has it.</summary>
    Task<Node> GetNodeAsync(CancellationToken cancellationToken);

    Task PatchNodeAsync(JsonObject patch, CancellationToken cancellationToken);

    Task PatchClaimStatusAsync(string ns, string name, JsonObject patch, CancellationToken cancellationToken);
}
