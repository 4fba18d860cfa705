using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Jobs;

/// <summary>Takes the tracking finalizer off pods.</summary>
internal sealed class JobFinalizers(OwnWrites<Pod> pods)
{
    public const string Name = "batch.kubernetes.io/job-tracking";

    public static bool Holds(Pod pod) => pod.Metadata.Finalizers?.Contains(Name) == true;

    public Task ReleaseAsync(IEnumerable<Pod> released, CancellationToken cancellationToken) =>
        Task.WhenAll(released.Where(Holds).Select(p => ReleaseAsync(p, cancellationToken)));

    private async Task ReleaseAsync(Pod pod, CancellationToken cancellationToken)
    {
        var left = pod.Metadata.Finalizers.OrEmpty().Where(f => f != Name).Select(f => (JsonNode)f);
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = pod.Metadata.Uid,
                ["resourceVersion"] = pod.Metadata.ResourceVersion,
                ["finalizers"] = new JsonArray([.. left]),
            },
        };
        try
        {
            await pods.PatchAsync(new ObjectKey(pod.Metadata.Namespace, pod.Metadata.Name), Patch.Merge(patch), cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
        }
    }
}
