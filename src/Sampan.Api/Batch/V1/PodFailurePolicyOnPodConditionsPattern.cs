namespace Sampan.Api.Batch.V1;

/// <summary>A pod condition to look for on failed pods.</summary>
[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern")]
public sealed partial class PodFailurePolicyOnPodConditionsPattern : IApiType<PodFailurePolicyOnPodConditionsPattern>
{
    /// <summary>Condition type to find, such as DisruptionTarget.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Status it must have: True (default), False or Unknown.</summary>
    [Field("status", 2, Always = true, Default = "")]
    public string Status { get; set; } = "";
}
