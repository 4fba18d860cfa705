using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Core.Actions;

/// <summary>POST pods/x/binding: puts a pod on a node, once.</summary>
internal sealed class PodBinding(RegistryLinks links)
{
    private static readonly GroupResource Bindings = new("", "pods/binding");

    public async ValueTask<ActionResult> RunAsync(WriteContext context, string name, IObject body)
    {
        var binding = (Binding)body;
        if (name.Length == 0)
        {
            // POST namespaces/x/bindings, the old form, names the pod in the body.
            name = binding.Metadata.Name;
        }
        Validate(binding);
        if (binding.Metadata.Name != name)
        {
            throw StatusException.BadRequest("name in URL does not match name in Binding object");
        }
        var resource = links.Catalog.Of(Pod.Info);
        var storage = links.Catalog.StorageOf(resource);
        var update = new UpdateRequest(name, new BindingPart(), current => new(Bind(storage, (Pod)current!, binding, context))) { Admits = false };
        await links.Writer.Update.RunAsync(resource, storage, context, update);
        return new ActionResult(new Status { StatusValue = "Success", Code = StatusCodes.Status201Created });
    }

    private static Pod Bind(ResourceStorage storage, Pod current, Binding binding, WriteContext context)
    {
        var (wanted, meta) = (binding.Metadata, current.Metadata);
        if (wanted.Uid.Length > 0 && wanted.Uid != meta.Uid)
        {
            throw storage.PreconditionFailed(meta.Namespace, meta.Name, "UID", wanted.Uid, meta.Uid);
        }
        if (!string.IsNullOrEmpty(wanted.ResourceVersion) && wanted.ResourceVersion != meta.ResourceVersion)
        {
            throw storage.PreconditionFailed(meta.Namespace, meta.Name, "ResourceVersion", wanted.ResourceVersion, meta.ResourceVersion);
        }
        if (current.Metadata.DeletionTimestamp is not null)
        {
            throw Conflict(current, $"pod {current.Metadata.Name} is being deleted, cannot be assigned to a host");
        }
        if (!string.IsNullOrEmpty(current.Spec.NodeName))
        {
            throw Conflict(current, $"pod {current.Metadata.Name} is already assigned to node \"{current.Spec.NodeName}\"");
        }
        if (current.Spec.SchedulingGates.OrEmpty().Count > 0)
        {
            throw Conflict(current, $"pod {current.Metadata.Name} has non-empty .spec.schedulingGates");
        }
        var pod = current.DeepClone();
        pod.Metadata.ResourceVersion = binding.Metadata.ResourceVersion;
        pod.Spec.NodeName = binding.Target.Name;
        pod.Status.NominatedNodeName = null;
        foreach (var (key, value) in binding.Metadata.Annotations.OrEmpty())
        {
            (pod.Metadata.Annotations ??= [])[key] = value;
        }
        foreach (var (key, value) in binding.Metadata.Labels.OrEmpty())
        {
            (pod.Metadata.Labels ??= []).TryAdd(key, value);
        }
        PodConditions.MarkScheduled(pod, context.Now);
        return pod;
    }

    private static void Validate(Binding binding)
    {
        var (errors, path) = (new FieldErrors(), FieldPath.Of("target"));
        if (binding.Target.Kind is not (null or "" or "Node"))
        {
            errors.NotSupported(path.Child("kind"), binding.Target.Kind, "Node", "<empty>");
        }
        if (string.IsNullOrEmpty(binding.Target.Name))
        {
            errors.Required(path.Child("name"));
        }
        if (errors.Any)
        {
            throw StatusException.Invalid(Binding.Info.GroupKind, binding.Metadata.Name, errors);
        }
    }

    private static StatusException Conflict(Pod pod, string reason) => StatusException.Conflict(Bindings, pod.Metadata.Name, reason);

    /// <summary>The change is made by the binding itself: nothing to undo or to check.</summary>
    private sealed class BindingPart : UpdateStrategy
    {
        public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old) => obj.Metadata.Generation = old.Metadata.Generation;

        public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old) => [];
    }
}
