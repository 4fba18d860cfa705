using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>pods/resize: changes CPU and memory of running containers.</summary>
internal sealed class PodResizePart : UpdateStrategy
{
    public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
    {
        var (pod, was) = ((Pod)obj, (Pod)old);
        var spec = was.Spec.DeepClone();
        Take(pod.Spec.Containers, spec.Containers);
        Take(pod.Spec.InitContainers.OrEmpty(), spec.InitContainers.OrEmpty());
        (pod.Metadata, pod.Spec, pod.Status) = (was.Metadata.DeepClone(), spec, was.Status);
        if (!spec.DeepEquals(was.Spec))
        {
            pod.Metadata.Generation++;
        }
    }

    public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
    {
        var (pod, errors) = ((Pod)obj, new FieldErrors());
        foreach (var (index, container) in pod.Spec.Containers.Index())
        {
            ResourceValidation.Validate(
                container.Resources, FieldPath.Of("spec").Child("containers").Index(index).Child("resources"), errors);
        }
        var quality = PodQuality.ClassOf(pod.Spec);
        if (((Pod)old).Status.QosClass is { Length: > 0 } had && quality != had)
        {
            errors.Invalid(FieldPath.Of("spec"), quality, "Pod QOS Class may not change as a result of resizing");
        }
        return errors;
    }

    private static void Take(IReadOnlyList<Container> from, IReadOnlyList<Container> to)
    {
        foreach (var container in to)
        {
            if (from.FirstOrDefault(one => one.Name == container.Name) is { } wanted)
            {
                container.Resources = wanted.Resources;
                container.ResizePolicy = wanted.ResizePolicy;
            }
        }
    }
}
