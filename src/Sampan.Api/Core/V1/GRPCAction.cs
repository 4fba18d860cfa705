namespace Sampan.Api.Core.V1;

/// <summary>A call to the gRPC health service of a container; it succeeds if the answer is SERVING.</summary>
[ApiType("io.k8s.api.core.v1.GRPCAction")]
public sealed partial class GRPCAction : IApiType<GRPCAction>
{
    /// <summary>Port of the gRPC server on the pod's address, 1 to 65535.</summary>
    [Field("port", 1, Required = true)]
    public int Port { get; set; }

    /// <summary>Service name to ask the health service about; empty asks about the server as a whole.</summary>
    [Field("service", 2, Always = true, Pointer = true, Default = "")]
    public string? Service { get; set; }
}
