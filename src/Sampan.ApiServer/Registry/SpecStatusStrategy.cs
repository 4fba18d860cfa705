using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Core;

namespace Sampan.ApiServer.Registry;

/// <summary>Where a kind keeps what is wanted and what is observed.</summary>
internal sealed record SpecStatus<T>(Action<T, T> CopySpec, Action<T, T> CopyStatus, Action<T> ClearStatus, Func<T, T, bool> SameSpec)
{
    /// <summary>The spec of the pods that the kind makes, whose disabled features are taken out.</summary>
    public Func<T, PodSpec?> PodsOf { get; init; } = static _ => null;

    /// <summary>Whether writes of the status keep labels, annotations, finalizers and owners, too.</summary>
    public bool StatusKeepsMetadata { get; init; }
}

/// <summary>
/// The common kind with a spec and a status: writes of the object keep the status, writes of the status keep the spec, and the
/// generation counts changes of the spec.
/// </summary>
internal class SpecStatusStrategy<T>(SpecStatus<T> parts, bool hasGeneration = true) : Strategy<T>
    where T : class, IObject<T>
{
    public UpdateStrategy Status => field ??= new StatusPart(this);

    protected sealed override void PrepareForCreate(WriteContext context, T obj)
    {
        parts.ClearStatus(obj);
        if (hasGeneration)
        {
            obj.Metadata.Generation = 1;
        }
        PodGates.Apply(parts.PodsOf(obj), null);
        PrepareSpecForCreate(context, obj);
    }

    protected sealed override void PrepareForUpdate(WriteContext context, T obj, T old)
    {
        parts.CopyStatus(old, obj);
        PodGates.Apply(parts.PodsOf(obj), parts.PodsOf(old));
        PrepareSpecForUpdate(context, obj, old);
        if (hasGeneration && !parts.SameSpec(obj, old))
        {
            obj.Metadata.Generation = old.Metadata.Generation + 1;
        }
    }

    protected virtual void PrepareSpecForCreate(WriteContext context, T obj)
    {
    }

    protected virtual void PrepareSpecForUpdate(WriteContext context, T obj, T old)
    {
    }

    protected virtual void PrepareStatusForUpdate(WriteContext context, T obj, T old)
    {
    }

    protected virtual void ValidateStatusUpdate(WriteContext context, T obj, T old, FieldErrors errors)
    {
    }

    private sealed class StatusPart(SpecStatusStrategy<T> owner) : UpdateStrategy
    {
        public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
        {
            owner.CopySpecBack((T)old, (T)obj);
            if (owner.StatusKeepsMetadata)
            {
                KeptMetadata.Restore(obj.Metadata, old.Metadata);
            }
            owner.PrepareStatusForUpdate(context, (T)obj, (T)old);
        }

        public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
        {
            var errors = new FieldErrors();
            owner.ValidateStatusUpdate(context, (T)obj, (T)old, errors);
            return errors;
        }
    }

    private bool StatusKeepsMetadata => parts.StatusKeepsMetadata;

    private void CopySpecBack(T old, T obj) => parts.CopySpec(old, obj);
}
