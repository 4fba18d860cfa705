namespace Sampan.Store.Embedded;

/// <summary>One caller's transaction.</summary>
internal sealed class TransactionJob(Transaction transaction) : WriteJob<TxnResult>
{
    protected override TxnResult Run(WriteSession session) => session.Commit(transaction);
}
