using Google.Protobuf;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>The remote procedures of CSI's Node service.</summary>
internal static class CsiMethods
{
    public static readonly GrpcMethod<NodeGetInfoRequest, NodeGetInfoResponse> GetInfo = Node<NodeGetInfoRequest, NodeGetInfoResponse>("NodeGetInfo", NodeGetInfoResponse.Parser);
    public static readonly GrpcMethod<NodeGetCapabilitiesRequest, NodeGetCapabilitiesResponse> GetCapabilities = Node<NodeGetCapabilitiesRequest, NodeGetCapabilitiesResponse>("NodeGetCapabilities", NodeGetCapabilitiesResponse.Parser);
    public static readonly GrpcMethod<NodeStageVolumeRequest, NodeStageVolumeResponse> Stage = Node<NodeStageVolumeRequest, NodeStageVolumeResponse>("NodeStageVolume", NodeStageVolumeResponse.Parser);
    public static readonly GrpcMethod<NodeUnstageVolumeRequest, NodeUnstageVolumeResponse> Unstage = Node<NodeUnstageVolumeRequest, NodeUnstageVolumeResponse>("NodeUnstageVolume", NodeUnstageVolumeResponse.Parser);
    public static readonly GrpcMethod<NodePublishVolumeRequest, NodePublishVolumeResponse> Publish = Node<NodePublishVolumeRequest, NodePublishVolumeResponse>("NodePublishVolume", NodePublishVolumeResponse.Parser);
    public static readonly GrpcMethod<NodeUnpublishVolumeRequest, NodeUnpublishVolumeResponse> Unpublish = Node<NodeUnpublishVolumeRequest, NodeUnpublishVolumeResponse>("NodeUnpublishVolume", NodeUnpublishVolumeResponse.Parser);
    public static readonly GrpcMethod<NodeExpandVolumeRequest, NodeExpandVolumeResponse> Expand = Node<NodeExpandVolumeRequest, NodeExpandVolumeResponse>("NodeExpandVolume", NodeExpandVolumeResponse.Parser);
    public static readonly GrpcMethod<NodeGetVolumeStatsRequest, NodeGetVolumeStatsResponse> GetVolumeStats = Node<NodeGetVolumeStatsRequest, NodeGetVolumeStatsResponse>("NodeGetVolumeStats", NodeGetVolumeStatsResponse.Parser);

    private static GrpcMethod<TRequest, TResponse> Node<TRequest, TResponse>(string name, MessageParser<TResponse> parser)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => new("csi.v1.Node", name, parser);
}
