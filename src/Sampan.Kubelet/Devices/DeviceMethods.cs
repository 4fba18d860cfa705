using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices.V1Beta1;

namespace Sampan.Kubelet.Devices;

/// <summary>The remote procedures between the kubelet and device plugins.</summary>
internal static class DeviceMethods
{
    public const string Version = "v1beta1";
    private const string Plugin = "v1beta1.DevicePlugin";

    public static readonly GrpcMethod<RegisterRequest, Empty> Register = new("v1beta1.Registration", nameof(Register), Empty.Parser);
    public static readonly GrpcMethod<Empty, DevicePluginOptions> GetDevicePluginOptions = new(Plugin, nameof(GetDevicePluginOptions), DevicePluginOptions.Parser);
    public static readonly GrpcMethod<Empty, ListAndWatchResponse> ListAndWatch = new(Plugin, nameof(ListAndWatch), ListAndWatchResponse.Parser);
    public static readonly GrpcMethod<AllocateRequest, AllocateResponse> Allocate = new(Plugin, nameof(Allocate), AllocateResponse.Parser);
    public static readonly GrpcMethod<PreferredAllocationRequest, PreferredAllocationResponse> GetPreferredAllocation =
        new(Plugin, nameof(GetPreferredAllocation), PreferredAllocationResponse.Parser);
    public static readonly GrpcMethod<PreStartContainerRequest, PreStartContainerResponse> PreStartContainer =
        new(Plugin, nameof(PreStartContainer), PreStartContainerResponse.Parser);
}
