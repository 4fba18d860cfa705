using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>pods/ephemeralcontainers: adds debug containers to a running pod and changes nothing else.</summary>
internal sealed class EphemeralContainersPart : UpdateStrategy
{
    public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
    {
        var (pod, was) = ((Pod)obj, (Pod)old);
        var wanted = pod.Spec.EphemeralContainers;
        (pod.Metadata, pod.Spec, pod.Status) = (was.Metadata.DeepClone(), was.Spec.DeepClone(), was.Status);
        pod.Spec.EphemeralContainers = wanted;
        if (!pod.Spec.DeepEquals(was.Spec))
        {
            pod.Metadata.Generation++;
        }
    }

    public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
    {
        var (pod, was) = ((Pod)obj, (Pod)old);
        var (errors, path) = (new FieldErrors(), FieldPath.Of("spec").Child("ephemeralContainers"));
        var names = pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()).Select(container => container.Name).ToHashSet();
        foreach (var (index, container) in pod.Spec.EphemeralContainers.OrEmpty().Index())
        {
            Check(container, names, path.Index(index), errors);
        }
        foreach (var (index, existing) in was.Spec.EphemeralContainers.OrEmpty().Index())
        {
            var kept = pod.Spec.EphemeralContainers.OrEmpty().FirstOrDefault(container => container.Name == existing.Name);
            if (kept is null)
            {
                errors.Forbidden(path, $"existing ephemeral containers \"{existing.Name}\" may not be removed\n");
            }
            else if (!kept.DeepEquals(existing))
            {
                errors.Forbidden(path, $"existing ephemeral containers \"{existing.Name}\" may not be changed\n");
            }
        }
        return errors;
    }

    private static void Check(EphemeralContainer container, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (container.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else if (!names.Add(container.Name))
        {
            errors.Duplicate(path.Child("name"), container.Name);
        }
        else
        {
            errors.Invalid(path.Child("name"), container.Name, Names.IsDns1123Label(container.Name));
        }
        if (string.IsNullOrEmpty(container.Image))
        {
            errors.Required(path.Child("image"));
        }
        if (container.Ports.OrEmpty().Count > 0)
        {
            errors.Forbidden(path.Child("ports"), "cannot be set for an Ephemeral Container");
        }
    }
}
