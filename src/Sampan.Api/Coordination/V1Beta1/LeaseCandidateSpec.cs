namespace Sampan.Api.Coordination.V1Beta1;

/// <summary>What the server needs to know of a contender for a lease.</summary>
[ApiType("io.k8s.api.coordination.v1beta1.LeaseCandidateSpec")]
public sealed partial class LeaseCandidateSpec : IApiType<LeaseCandidateSpec>
{
    /// <summary>Lease in the same namespace that is contended for; immutable.</summary>
    [Field("leaseName", 1, Required = true)]
    public string LeaseName { get; set; } = "";

    /// <summary>When the server last asked for a sign of life; the contender answers by renewing.</summary>
    [Field("pingTime", 2, Pointer = true)]
    public MicroTime? PingTime { get; set; }

    /// <summary>Last sign of life; contenders silent for hours are removed.</summary>
    [Field("renewTime", 3, Pointer = true)]
    public MicroTime? RenewTime { get; set; }

    /// <summary>Version of the contender's program, such as 1.36.0, without a leading v.</summary>
    [Field("binaryVersion", 4, Required = true)]
    public string BinaryVersion { get; set; } = "";

    /// <summary>Version the program acts as, not above its own; required for strategy OldestEmulationVersion.</summary>
    [Field("emulationVersion", 5)]
    public string? EmulationVersion { get; set; }

    /// <summary>How to pick among the contenders; if they differ, the wish of the newest program counts.</summary>
    [Field("strategy", 6, Required = true, OmitEmpty = true)]
    public string Strategy { get; set; } = "";
}
