using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry;

/// <summary>The rules of one kind.</summary>
internal abstract class Strategy : UpdateStrategy
{
    /// <summary>Whether a PUT to a name that does not exist creates it.</summary>
    public virtual bool AllowCreateOnUpdate => false;

    /// <summary>Whether a finished deletion answers with the object instead of a Status.</summary>
    public virtual bool ReturnDeletedObject => false;

    /// <summary>What happens to dependents when the deletion does not say.</summary>
    public virtual bool OrphansDependentsByDefault => false;

    /// <summary>Whether the garbage collector looks at what objects of this kind own; otherwise a deletion asks it for nothing.</summary>
    public virtual bool MayHaveDependents => true;

    /// <summary>How long an object stays after its last write; null for ever.</summary>
    public virtual TimeSpan? TimeToLive => null;

    /// <summary>How names of this kind are checked.</summary>
    public virtual NameCheck NameCheck => NameChecks.Subdomain;

    /// <summary>Whether a finalizer's name needs no domain; upstream asks for one in most kinds, not in all.</summary>
    public virtual bool AllowsBareFinalizers => false;

    /// <summary>The fields beside metadata.name and metadata.namespace that field selectors may name.</summary>
    public virtual IReadOnlyList<string> SelectableFieldNames => [];

    /// <summary>The values of <see cref="SelectableFieldNames"/>, in their order.</summary>
    public virtual IReadOnlyList<string> SelectableFieldValues(IObject obj) => [];

    /// <summary>Fills in what the client left out, before admission and validation see the object.</summary>
    public virtual void Default(IObject obj)
    {
    }

    public abstract void PrepareForCreate(WriteContext context, IObject obj);

    public abstract FieldErrors Validate(WriteContext context, IObject obj);

    public virtual IEnumerable<string> WarningsOnCreate(WriteContext context, IObject obj) => [];

    /// <summary>Whether deletion waits for someone (the kubelet); then the grace period is set in the options.</summary>
    public virtual bool CheckGracefulDelete(IObject obj, DeleteOptions options) => false;

    /// <summary>Whether an update has removed the last thing that kept a deleted object.</summary>
    public virtual bool IsDeletedByUpdate(IObject obj, IObject old) =>
        obj.Metadata.DeletionTimestamp is not null
        && obj.Metadata.Finalizers.OrEmpty().Count == 0
        && (old.Metadata.DeletionGracePeriodSeconds ?? 0) == 0;

    /// <summary>Turns a deletion into a marked object, for kinds whose deletion has a course of its own (namespaces).</summary>
    public virtual bool MarkForDeletion(WriteContext context, IObject obj) => false;

    /// <summary>Takes what the object needs of what the cluster shares (addresses, ports). What it returns is undone if the write fails.</summary>
    public virtual ValueTask<IAllocation> AllocateAsync(WriteContext context, IObject obj, IObject? old) => new(IAllocation.None);

    /// <summary>Gives back what the object held.</summary>
    public virtual ValueTask ReleaseAsync(IObject obj) => default;
}
