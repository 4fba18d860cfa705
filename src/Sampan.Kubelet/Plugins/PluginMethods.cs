using Sampan.Client.Grpc;
using Sampan.Kubelet.Plugins.V1;

namespace Sampan.Kubelet.Plugins;

/// <summary>The remote procedures of a plugin's registration.</summary>
internal static class PluginMethods
{
    private const string Service = "pluginregistration.Registration";

    public static readonly GrpcMethod<InfoRequest, PluginInfo> GetInfo = new(Service, nameof(GetInfo), PluginInfo.Parser);

    public static readonly GrpcMethod<RegistrationStatus, RegistrationStatusResponse> NotifyRegistrationStatus =
        new(Service, nameof(NotifyRegistrationStatus), RegistrationStatusResponse.Parser);
}
