namespace Sampan.ControllerManager.Common;

/// <summary>Deletes objects of one kind, each when its time has come.</summary>
internal abstract class ExpiryController<T> : Controller
    where T : class, IObject<T>
{
    private readonly Informer<T> _objects;
    private readonly OwnWrites<T> _writes;

    protected ExpiryController(string name, ControllerContext context, Informer<T> objects)
        : base(name, context, workers: 1)
    {
        _objects = Watch(objects, o => [KeyOf(o)]);
        _writes = Writes(_objects);
    }

    /// <summary>When the object has to go; null for never.</summary>
    protected abstract DateTimeOffset? EndOf(T obj);

    protected sealed override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_objects.Get(key) is not { } known || EndOf(known) is not { } end) return ReconcileResult.Done;
        var left = end - Time.GetUtcNow();
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        await _writes.DeleteAsync(known, null, cancellationToken);
        return ReconcileResult.Done;
    }
}
