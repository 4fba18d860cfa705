namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.GRPCAction")]
public sealed partial class GRPCAction : IApiType<GRPCAction>
{
    [Field("port", 1, Required = true)]
    public int Port { get; set; }

    [Field("service", 2, Always = true, Pointer = true, Default = "")]
    public string? Service { get; set; }
}
