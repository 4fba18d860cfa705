using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes;

/// <summary>One of a pod's volumes on its way.</summary>
/// <param name="Volume">Which.</param>
/// <param name="Known">Where it is already, and is only refreshed; null while it is not mounted.</param>
/// <param name="Path">Where it will be.</param>
internal sealed record MountStep(Volume Volume, string? Known, Task<string> Path)
{
    /// <summary>Where the pod can have it now; null for nowhere yet.</summary>
    public string? Current => Path.IsCompletedSuccessfully ? Path.Result : Known;

    /// <summary>It is not there, or could not be refreshed; a refresh that takes long is none of these.</summary>
    public bool IsFailed => !Path.IsCompletedSuccessfully && (Known is null || Path.IsCompleted);

    public Exception? Failure => Path.Exception?.InnerException;
}
