namespace Sampan.Store;

/// <summary>
/// The outcome of a transaction. Accepted: the revision it was given (the present one when it changed nothing).
/// Refused: the present revision, and in <see cref="Current"/> the state of each compared key, in the order of the compares.
/// </summary>
public sealed record TxnResult(bool Succeeded, long Revision, IReadOnlyList<KeyValue?> Current);
