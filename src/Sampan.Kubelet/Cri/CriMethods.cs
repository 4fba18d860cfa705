using Google.Protobuf;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Cri;

/// <summary>The remote procedures of CRI and of containerd that the kubelet calls.</summary>
internal static class CriMethods
{
    public static readonly GrpcMethod<VersionRequest, VersionResponse> Version = Runtime(nameof(Version), VersionRequest.Parser, VersionResponse.Parser);
    public static readonly GrpcMethod<StatusRequest, StatusResponse> Status = Runtime(nameof(Status), StatusRequest.Parser, StatusResponse.Parser);
    public static readonly GrpcMethod<RuntimeConfigRequest, RuntimeConfigResponse> RuntimeConfig = Runtime(nameof(RuntimeConfig), RuntimeConfigRequest.Parser, RuntimeConfigResponse.Parser);
    public static readonly GrpcMethod<UpdateRuntimeConfigRequest, UpdateRuntimeConfigResponse> UpdateRuntimeConfig =
        Runtime(nameof(UpdateRuntimeConfig), UpdateRuntimeConfigRequest.Parser, UpdateRuntimeConfigResponse.Parser);

    public static readonly GrpcMethod<RunPodSandboxRequest, RunPodSandboxResponse> RunPodSandbox =
        Runtime(nameof(RunPodSandbox), RunPodSandboxRequest.Parser, RunPodSandboxResponse.Parser);
    public static readonly GrpcMethod<StopPodSandboxRequest, StopPodSandboxResponse> StopPodSandbox =
        Runtime(nameof(StopPodSandbox), StopPodSandboxRequest.Parser, StopPodSandboxResponse.Parser);
    public static readonly GrpcMethod<RemovePodSandboxRequest, RemovePodSandboxResponse> RemovePodSandbox =
        Runtime(nameof(RemovePodSandbox), RemovePodSandboxRequest.Parser, RemovePodSandboxResponse.Parser);
    public static readonly GrpcMethod<PodSandboxStatusRequest, PodSandboxStatusResponse> PodSandboxStatus =
        Runtime(nameof(PodSandboxStatus), PodSandboxStatusRequest.Parser, PodSandboxStatusResponse.Parser);
    public static readonly GrpcMethod<ListPodSandboxRequest, ListPodSandboxResponse> ListPodSandbox =
        Runtime(nameof(ListPodSandbox), ListPodSandboxRequest.Parser, ListPodSandboxResponse.Parser);

    public static readonly GrpcMethod<CreateContainerRequest, CreateContainerResponse> CreateContainer =
        Runtime(nameof(CreateContainer), CreateContainerRequest.Parser, CreateContainerResponse.Parser);
    public static readonly GrpcMethod<CheckpointContainerRequest, CheckpointContainerResponse> CheckpointContainer =
        Runtime(nameof(CheckpointContainer), CheckpointContainerRequest.Parser, CheckpointContainerResponse.Parser);
    public static readonly GrpcMethod<StartContainerRequest, StartContainerResponse> StartContainer =
        Runtime(nameof(StartContainer), StartContainerRequest.Parser, StartContainerResponse.Parser);
    public static readonly GrpcMethod<StopContainerRequest, StopContainerResponse> StopContainer =
        Runtime(nameof(StopContainer), StopContainerRequest.Parser, StopContainerResponse.Parser);
    public static readonly GrpcMethod<RemoveContainerRequest, RemoveContainerResponse> RemoveContainer =
        Runtime(nameof(RemoveContainer), RemoveContainerRequest.Parser, RemoveContainerResponse.Parser);
    public static readonly GrpcMethod<ContainerStatusRequest, ContainerStatusResponse> ContainerStatus =
        Runtime(nameof(ContainerStatus), ContainerStatusRequest.Parser, ContainerStatusResponse.Parser);
    public static readonly GrpcMethod<ListContainersRequest, ListContainersResponse> ListContainers =
        Runtime(nameof(ListContainers), ListContainersRequest.Parser, ListContainersResponse.Parser);
    public static readonly GrpcMethod<UpdatePodSandboxResourcesRequest, UpdatePodSandboxResourcesResponse> UpdatePodSandboxResources =
        Runtime(nameof(UpdatePodSandboxResources), UpdatePodSandboxResourcesRequest.Parser, UpdatePodSandboxResourcesResponse.Parser);

    public static readonly GrpcMethod<UpdateContainerResourcesRequest, UpdateContainerResourcesResponse> UpdateContainerResources =
        Runtime(nameof(UpdateContainerResources), UpdateContainerResourcesRequest.Parser, UpdateContainerResourcesResponse.Parser);
    public static readonly GrpcMethod<ReopenContainerLogRequest, ReopenContainerLogResponse> ReopenContainerLog =
        Runtime(nameof(ReopenContainerLog), ReopenContainerLogRequest.Parser, ReopenContainerLogResponse.Parser);
    public static readonly GrpcMethod<ListContainerStatsRequest, ListContainerStatsResponse> ListContainerStats =
        Runtime(nameof(ListContainerStats), ListContainerStatsRequest.Parser, ListContainerStatsResponse.Parser);
    public static readonly GrpcMethod<PodSandboxStatsRequest, PodSandboxStatsResponse> PodSandboxStats =
        Runtime(nameof(PodSandboxStats), PodSandboxStatsRequest.Parser, PodSandboxStatsResponse.Parser);

    public static readonly GrpcMethod<ExecSyncRequest, ExecSyncResponse> ExecSync = Runtime(nameof(ExecSync), ExecSyncRequest.Parser, ExecSyncResponse.Parser);
    public static readonly GrpcMethod<ExecRequest, ExecResponse> Exec = Runtime(nameof(Exec), ExecRequest.Parser, ExecResponse.Parser);
    public static readonly GrpcMethod<AttachRequest, AttachResponse> Attach = Runtime(nameof(Attach), AttachRequest.Parser, AttachResponse.Parser);
    public static readonly GrpcMethod<PortForwardRequest, PortForwardResponse> PortForward =
        Runtime(nameof(PortForward), PortForwardRequest.Parser, PortForwardResponse.Parser);
    public static readonly GrpcMethod<GetEventsRequest, ContainerEventResponse> GetContainerEvents =
        Runtime(nameof(GetContainerEvents), GetEventsRequest.Parser, ContainerEventResponse.Parser);

    public static readonly GrpcMethod<ImageStatusRequest, ImageStatusResponse> ImageStatus =
        Image(nameof(ImageStatus), ImageStatusRequest.Parser, ImageStatusResponse.Parser);
    public static readonly GrpcMethod<PullImageRequest, PullImageResponse> PullImage = Image(nameof(PullImage), PullImageRequest.Parser, PullImageResponse.Parser);
    public static readonly GrpcMethod<ListImagesRequest, ListImagesResponse> ListImages =
        Image(nameof(ListImages), ListImagesRequest.Parser, ListImagesResponse.Parser);
    public static readonly GrpcMethod<RemoveImageRequest, RemoveImageResponse> RemoveImage =
        Image(nameof(RemoveImage), RemoveImageRequest.Parser, RemoveImageResponse.Parser);
    public static readonly GrpcMethod<ImageFsInfoRequest, ImageFsInfoResponse> ImageFsInfo =
        Image(nameof(ImageFsInfo), ImageFsInfoRequest.Parser, ImageFsInfoResponse.Parser);

    public static readonly GrpcMethod<Containerd.SubscribeRequest, Containerd.Envelope> ContainerdSubscribe =
        new("containerd.services.events.v1.Events", "Subscribe", Containerd.Envelope.Parser);

    private static GrpcMethod<TRequest, TResponse> Runtime<TRequest, TResponse>(
        string name, MessageParser<TRequest> _, MessageParser<TResponse> parser)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => new("runtime.v1.RuntimeService", name, parser);

    private static GrpcMethod<TRequest, TResponse> Image<TRequest, TResponse>(
        string name, MessageParser<TRequest> _, MessageParser<TResponse> parser)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse> => new("runtime.v1.ImageService", name, parser);
}
