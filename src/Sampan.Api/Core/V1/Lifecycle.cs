namespace Sampan.Api.Core.V1;

/// <summary>Hooks that run when a container starts or is about to stop, and the signal that stops it.</summary>
[ApiType("io.k8s.api.core.v1.Lifecycle")]
public sealed partial class Lifecycle : IApiType<Lifecycle>
{
    /// <summary>Runs right after the container is created, alongside its own program; if it fails, the container is killed.</summary>
    [Field("postStart", 1)]
    public LifecycleHandler? PostStart { get; set; }

    /// <summary>
    /// Runs before the container is asked to stop, within the pod's grace period; skipped if the container ends by itself.
    /// </summary>
    [Field("preStop", 2)]
    public LifecycleHandler? PreStop { get; set; }

    /// <summary>
    /// Signal that asks the container to stop, such as SIGQUIT; the image's or runtime's choice when absent. Needs the pod's OS to be
    /// set.
    /// </summary>
    [Field("stopSignal", 3, Pointer = true)]
    public string? StopSignal { get; set; }
}
