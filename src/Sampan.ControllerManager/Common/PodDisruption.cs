using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>Deletes pods that did nothing wrong.</summary>
internal static class PodDisruption
{
    /// <summary>Says on the pod why it goes, so that its Job does not count a failure, and deletes it. One that is gone already is left alone.</summary>
    public static async Task DeleteAsync(OwnWrites<Pod> writes, Pod pod, string reason, string message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var copy = pod.DeepClone();
        PodConditions.Set(copy, "DisruptionTarget", "True", reason, message, now);
        try
        {
            await writes.UpdateStatusAsync(copy, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return;
        }

        await writes.DeleteAsync(pod, null, cancellationToken);
    }
}
