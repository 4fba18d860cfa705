using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>pods/resize: changes CPU and memory of running containers, and of the pod as a whole.</summary>
internal sealed class PodResizePart : UpdateStrategy
{
    public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
    {
        var (pod, was) = ((Pod)obj, (Pod)old);
        if (HaveSameContainers(pod, was))
        {
            var spec = was.Spec.DeepClone();
            Take(pod.Spec.Containers, spec.Containers);
            Take(pod.Spec.InitContainers.OrEmpty(), spec.InitContainers.OrEmpty());
            spec.Resources = pod.Spec.Resources;
            (pod.Spec, pod.Status) = (spec, was.Status);
            KeptMetadata.Restore(pod.Metadata, was.Metadata);
        }
        PodGates.Apply(pod.Spec, was.Spec);
        if (!pod.Spec.DeepEquals(was.Spec))
        {
            pod.Metadata.Generation = was.Metadata.Generation + 1;
        }
    }

    public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
    {
        var errors = new FieldErrors();
        PodResizeValidation.Validate((Pod)obj, (Pod)old, errors);
        return errors;
    }

    /// <summary>Containers are not added, renamed or moved; if they are, validation says so.</summary>
    private static bool HaveSameContainers(Pod pod, Pod old) =>
        NamesOf(pod.Spec.Containers).SequenceEqual(NamesOf(old.Spec.Containers))
        && NamesOf(pod.Spec.InitContainers.OrEmpty()).SequenceEqual(NamesOf(old.Spec.InitContainers.OrEmpty()));

    private static IEnumerable<string> NamesOf(IReadOnlyList<Container> containers) => containers.Select(container => container.Name);

    private static void Take(IReadOnlyList<Container> from, IReadOnlyList<Container> to)
    {
        foreach (var (wanted, container) in from.Zip(to))
        {
            (container.Resources, container.ResizePolicy) = (wanted.Resources, wanted.ResizePolicy);
        }
    }
}
