using Sampan.Api;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// The rules of one way to change a kind: the object itself, its status, or another part of it. The order of an update is
/// default → admission → prepare → validate → warn → canonicalise → store.
/// </summary>
internal abstract class UpdateStrategy
{
    /// <summary>Whether an update without a resourceVersion may overwrite whatever is there.</summary>
    public virtual bool AllowUnconditionalUpdate => true;

    /// <summary>Whether upstream's own rules of the kind look at the metadata once more, which repeats their causes.</summary>
    public virtual bool ChecksMetadataAgain => true;

    /// <summary>Undoes the changes that this way of updating may not make. <paramref name="old"/> is shared: read only.</summary>
    public abstract void PrepareForUpdate(WriteContext context, IObject obj, IObject old);

    public abstract FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old);

    public virtual IEnumerable<string> WarningsOnUpdate(WriteContext context, IObject obj, IObject old) => [];

    /// <summary>Brings equivalent spellings into one form, after validation.</summary>
    public virtual void Canonicalize(IObject obj)
    {
    }
}
