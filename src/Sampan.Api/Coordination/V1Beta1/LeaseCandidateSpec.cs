namespace Sampan.Api.Coordination.V1Beta1;

[ApiType("io.k8s.api.coordination.v1beta1.LeaseCandidateSpec")]
public sealed partial class LeaseCandidateSpec : IApiType<LeaseCandidateSpec>
{
    [Field("leaseName", 1, Required = true)]
    public string LeaseName { get; set; } = "";

    [Field("pingTime", 2, Pointer = true)]
    public MicroTime? PingTime { get; set; }

    [Field("renewTime", 3, Pointer = true)]
    public MicroTime? RenewTime { get; set; }

    [Field("binaryVersion", 4, Required = true)]
    public string BinaryVersion { get; set; } = "";

    [Field("emulationVersion", 5)]
    public string? EmulationVersion { get; set; }

    [Field("strategy", 6, Required = true, OmitEmpty = true)]
    public string Strategy { get; set; } = "";
}
