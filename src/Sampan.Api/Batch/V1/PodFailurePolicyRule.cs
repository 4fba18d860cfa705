namespace Sampan.Api.Batch.V1;

/// <summary>What to do about failed pods with certain exit codes or certain conditions, one of the two.</summary>
[ApiType("io.k8s.api.batch.v1.PodFailurePolicyRule")]
public sealed partial class PodFailurePolicyRule : IApiType<PodFailurePolicyRule>
{
    /// <summary>FailJob gives the job up, FailIndex the pod's index; Ignore retries without counting, Count retries as usual.</summary>
    [Field("action", 1, Required = true)]
    public string Action { get; set; } = "";

    /// <summary>Exit codes the rule is for.</summary>
    [Field("onExitCodes", 2)]
    public PodFailurePolicyOnExitCodesRequirement? OnExitCodes { get; set; }

    /// <summary>Pod conditions the rule is for, at most 20; one of them suffices.</summary>
    [Field("onPodConditions", 3, ListType = "atomic")]
    public List<PodFailurePolicyOnPodConditionsPattern>? OnPodConditions { get; set; }
}
