namespace Sampan.Api.Core.V1;

/// <summary>Details of a container that has not started.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStateWaiting")]
public sealed partial class ContainerStateWaiting : IApiType<ContainerStateWaiting>
{
    /// <summary>What the container waits for, in one word, such as ContainerCreating, ImagePullBackOff or CrashLoopBackOff.</summary>
    [Field("reason", 1)]
    public string? Reason { get; set; }

    /// <summary>More about the reason, for people.</summary>
    [Field("message", 2)]
    public string? Message { get; set; }
}
