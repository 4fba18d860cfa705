using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>A strategy over the kind's own class. Override what the kind needs; the rest does nothing.</summary>
internal abstract class Strategy<T> : Strategy
    where T : class, IObject<T>
{
    public sealed override void Default(IObject obj) => Default((T)obj);

    public sealed override void PrepareForCreate(WriteContext context, IObject obj) => PrepareForCreate(context, (T)obj);

    public sealed override void PrepareForUpdate(WriteContext context, IObject obj, IObject old) =>
        PrepareForUpdate(context, (T)obj, (T)old);

    public sealed override FieldErrors Validate(WriteContext context, IObject obj)
    {
        var errors = new FieldErrors();
        Validate(context, (T)obj, errors);
        return errors;
    }

    public sealed override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
    {
        var errors = new FieldErrors();
        ValidateUpdate(context, (T)obj, (T)old, errors);
        return errors;
    }

    public sealed override IEnumerable<string> WarningsOnCreate(WriteContext context, IObject obj) => Warnings(context, (T)obj, null);

    public sealed override IEnumerable<string> WarningsOnUpdate(WriteContext context, IObject obj, IObject old) =>
        Warnings(context, (T)obj, (T)old);

    public sealed override void Canonicalize(IObject obj) => Canonicalize((T)obj);

    public sealed override IReadOnlyList<string> SelectableFieldValues(IObject obj) => SelectableFieldValues((T)obj);

    public sealed override bool CheckGracefulDelete(IObject obj, DeleteOptions options) => CheckGracefulDelete((T)obj, options);

    public sealed override bool IsDeletedByUpdate(IObject obj, IObject old) => IsDeletedByUpdate((T)obj, (T)old);

    public sealed override bool MarkForDeletion(WriteContext context, IObject obj) => MarkForDeletion(context, (T)obj);

    public sealed override ValueTask<IAllocation> AllocateAsync(WriteContext context, IObject obj, IObject? old) =>
        AllocateAsync(context, (T)obj, (T?)old);

    public sealed override ValueTask ReleaseAsync(IObject obj) => ReleaseAsync((T)obj);

    protected virtual void Default(T obj)
    {
    }

    protected virtual void PrepareForCreate(WriteContext context, T obj)
    {
    }

    protected virtual void PrepareForUpdate(WriteContext context, T obj, T old)
    {
    }

    protected virtual void Validate(WriteContext context, T obj, FieldErrors errors)
    {
    }

    /// <summary>By default what a new object must satisfy.</summary>
    protected virtual void ValidateUpdate(WriteContext context, T obj, T old, FieldErrors errors) => Validate(context, obj, errors);

    protected virtual IEnumerable<string> Warnings(WriteContext context, T obj, T? old) => [];

    protected virtual void Canonicalize(T obj)
    {
    }

    protected virtual IReadOnlyList<string> SelectableFieldValues(T obj) => [];

    protected virtual bool CheckGracefulDelete(T obj, DeleteOptions options) => false;

    protected virtual bool IsDeletedByUpdate(T obj, T old) => base.IsDeletedByUpdate(obj, old);

    protected virtual bool MarkForDeletion(WriteContext context, T obj) => false;

    protected virtual ValueTask<IAllocation> AllocateAsync(WriteContext context, T obj, T? old) => new(IAllocation.None);

    protected virtual ValueTask ReleaseAsync(T obj) => default;
}
