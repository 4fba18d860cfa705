using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Has images pulled whenever a container starts, so that only who may pull an image runs it, also where it is on the node already.
/// An update without images that were not there before leaves the pod as it is.
/// </summary>
internal sealed class AlwaysPullImages : AdmissionPlugin
{
    private const string Always = "Always";

    public override string Name => "AlwaysPullImages";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request.Is("", "pods") && request.Object is Pod pod && !(request.OldObject is Pod old && !Images(pod.Spec).Except(Images(old.Spec)).Any()))
        {
            foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers)) container.ImagePullPolicy = Always;
            foreach (var container in pod.Spec.EphemeralContainers.OrEmpty()) container.ImagePullPolicy = Always;
            foreach (var volume in pod.Spec.Volumes.OrEmpty())
            {
                if (volume.Image is { } image) image.PullPolicy = Always;
            }
        }
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<string?> Images(PodSpec spec) =>
    [
        .. spec.InitContainers.OrEmpty().Concat(spec.Containers).Select(container => container.Image),
        .. spec.EphemeralContainers.OrEmpty().Select(container => container.Image),
        .. spec.Volumes.OrEmpty().Where(volume => volume.Image is not null).Select(volume => volume.Image!.Reference),
    ];
}
