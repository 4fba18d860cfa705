namespace Sampan.Store.Embedded;

/// <summary>Something for the writer to do inside the next group commit.</summary>
internal abstract class WriteJob
{
    public abstract void Apply(WriteSession session);

    /// <summary>The group is on disk.</summary>
    public abstract void Complete();

    /// <summary>The group's outcome cannot be acknowledged.</summary>
    public abstract void Fail(StoreException reason);
}

/// <summary>A job with a result. A <see cref="StoreException"/> from the body refuses this job alone: the body must throw before it writes.</summary>
internal class WriteJob<T>(Func<WriteSession, T>? body = null) : WriteJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private StoreException? _refusal;

    public Task<T> Task => _done.Task;

    public sealed override void Apply(WriteSession session)
    {
        try
        {
            _result = Run(session);
        }
        catch (StoreException e)
        {
            _refusal = e;
        }
    }

    public sealed override void Complete()
    {
        if (_refusal is null)
        {
            _done.TrySetResult(_result!);
        }
        else
        {
            _done.TrySetException(_refusal);
        }
    }

    public sealed override void Fail(StoreException reason) => _done.TrySetException(reason);

    protected virtual T Run(WriteSession session) => body!(session);
}
