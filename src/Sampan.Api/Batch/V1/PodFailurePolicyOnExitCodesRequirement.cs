namespace Sampan.Api.Batch.V1;

/// <summary>Fits failed pods by the exit codes of their containers, 0 left aside.</summary>
[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement")]
public sealed partial class PodFailurePolicyOnExitCodesRequirement : IApiType<PodFailurePolicyOnExitCodesRequirement>
{
    /// <summary>Container or init container to look at; all when absent.</summary>
    [Field("containerName", 1, Pointer = true)]
    public string? ContainerName { get; set; }

    /// <summary>In fits if a container's exit code is listed, NotIn if one is not.</summary>
    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    /// <summary>Exit codes, 1 to 255 of them, ascending and without repeats; 0 is not allowed with In.</summary>
    [Field("values", 3, Required = true, ListType = "set")]
    public List<int> Values { get; set; } = [];
}
