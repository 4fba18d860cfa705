using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>pods/ephemeralcontainers: adds debug containers to a running pod and changes nothing else.</summary>
internal sealed class EphemeralContainersPart : UpdateStrategy
{
    public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
    {
        var (pod, was) = ((Pod)obj, (Pod)old);
        var wanted = pod.Spec.EphemeralContainers;
        (pod.Spec, pod.Status) = (was.Spec.DeepClone(), was.Status);
        KeptMetadata.Restore(pod.Metadata, was.Metadata);
        pod.Spec.EphemeralContainers = wanted;
        PodGates.Apply(pod.Spec, was.Spec);
        if (!pod.Spec.DeepEquals(was.Spec))
        {
            pod.Metadata.Generation++;
        }
    }

    public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
    {
        var (pod, was, errors) = ((Pod)obj, (Pod)old, new FieldErrors());
        if (was.Metadata.Annotations.OrEmpty().ContainsKey(PodAnnotationValidation.Mirror))
        {
            errors.Forbidden(FieldPath.Of(""), "static pods do not support ephemeral containers");
            return errors;
        }
        PodAnnotationValidation.Validate(pod, FieldPath.Of("metadata", "annotations"), errors, was);
        PodValidation.ValidateWhole(pod, errors);
        OnlyAdditions(pod.Spec.EphemeralContainers.OrEmpty(), was.Spec.EphemeralContainers.OrEmpty(), errors);
        return errors;
    }

    private static void OnlyAdditions(IReadOnlyList<EphemeralContainer> containers, IReadOnlyList<EphemeralContainer> old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec", "ephemeralContainers");
        var known = containers.ToLookup(container => container.Name);
        foreach (var existing in old)
        {
            var kept = known[existing.Name].LastOrDefault();
            if (kept is null)
            {
                errors.Forbidden(path, $"existing ephemeral containers \"{existing.Name}\" may not be removed\n");
            }
            else if (!kept.DeepEquals(existing))
            {
                var difference = GoDiff.Of(existing, kept);
                errors.Forbidden(path, $"existing ephemeral containers \"{existing.Name}\" may not be changed\n{difference}");
            }
        }
    }
}
