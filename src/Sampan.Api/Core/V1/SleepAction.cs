namespace Sampan.Api.Core.V1;

/// <summary>A pause as a hook of a container.</summary>
[ApiType("io.k8s.api.core.v1.SleepAction")]
public sealed partial class SleepAction : IApiType<SleepAction>
{
    /// <summary>Length of the pause in seconds, at most the pod's grace period; 0 returns at once.</summary>
    [Field("seconds", 1, Required = true)]
    public long Seconds { get; set; }
}
