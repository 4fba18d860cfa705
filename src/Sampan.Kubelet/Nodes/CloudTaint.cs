using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Nodes;

/// <summary>What keeps pods away from a new node until a cloud controller manager has told it what its machine is.</summary>
internal static class CloudTaint
{
    public static IEnumerable<Taint> Of(KubeletOptions options) =>
        options.HasExternalCloud ? [new() { Key = "node.cloudprovider.kubernetes.io/uninitialized", Value = "true", Effect = "NoSchedule" }] : [];
}
