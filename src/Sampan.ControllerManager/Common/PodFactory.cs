using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.Common;

/// <summary>Makes and removes the pods of a workload and tells its users so.</summary>
internal sealed class PodFactory(OwnWrites<Pod> pods, EventRecorder events)
{
    /// <summary>A pod from a template, managed by the owner. Without a name the server makes one up.</summary>
    public static Pod FromTemplate(PodTemplateSpec template, IObject owner, string? name = null)
    {
        var copy = template.DeepClone();
        return new Pod
        {
            Metadata = new ObjectMeta
            {
                Namespace = owner.Metadata.Namespace,
                Name = name ?? "",
                GenerateName = name is null ? owner.Metadata.Name + "-" : null,
                Labels = copy.Metadata.Labels,
                Annotations = copy.Metadata.Annotations,
                Finalizers = copy.Metadata.Finalizers,
                OwnerReferences = [OwnerReferences.ControllerRef(owner)],
            },
            Spec = copy.Spec,
        };
    }

    /// <summary>Null in a namespace that is going: what is missing there is never going to be made.</summary>
    public async Task<Pod?> TryCreateAsync(Pod pod, IObject owner, CancellationToken cancellationToken)
    {
        try
        {
            return await CreateAsync(pod, owner, cancellationToken);
        }
        catch (StatusException e) when (e.HasCause("NamespaceTerminating"))
        {
            return null;
        }
    }

    private async Task<Pod> CreateAsync(Pod pod, IObject owner, CancellationToken cancellationToken)
    {
        try
        {
            var created = await pods.CreateAsync(pod, cancellationToken);
            events.Event(owner, "Normal", "SuccessfulCreate", $"Created pod: {created.Metadata.Name}");
            return created;
        }
        catch (StatusException e)
        {
            if (!e.HasCause("NamespaceTerminating")) events.Event(owner, "Warning", "FailedCreate", $"Error creating: {e.Message}");
            throw;
        }
    }

    public async Task DeleteAsync(Pod pod, IObject owner, CancellationToken cancellationToken)
    {
        try
        {
            await pods.DeleteAsync(pod, null, cancellationToken);
            events.Event(owner, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}");
        }
        catch (StatusException e)
        {
            events.Event(owner, "Warning", "FailedDelete", $"Error deleting: {e.Message}");
            throw;
        }
    }
}
