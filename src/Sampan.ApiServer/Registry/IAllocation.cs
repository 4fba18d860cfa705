namespace Sampan.ApiServer.Registry;

/// <summary>Something taken from what the whole cluster shares, for a write that is not committed yet.</summary>
internal interface IAllocation
{
    static IAllocation None { get; } = new Nothing();

    /// <summary>The write is durable: what the object no longer uses goes back.</summary>
    ValueTask CommitAsync();

    /// <summary>The write failed: what was taken goes back.</summary>
    ValueTask RollbackAsync();

    private sealed class Nothing : IAllocation
    {
        public ValueTask CommitAsync() => default;

        public ValueTask RollbackAsync() => default;
    }
}
