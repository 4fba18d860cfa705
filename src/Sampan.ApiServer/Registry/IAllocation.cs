namespace Sampan.ApiServer.Registry;

/// <summary>Something taken from a pool for a write that is not committed yet.</summary>
internal interface IAllocation
{
    static IAllocation None { get; } = new Nothing();

    /// <summary>The write is durable: what the object no longer uses goes back.</summary>
    void Commit();

    /// <summary>The write failed: what was taken goes back.</summary>
    void Rollback();

    private sealed class Nothing : IAllocation
    {
        public void Commit()
        {
        }

        public void Rollback()
        {
        }
    }
}
