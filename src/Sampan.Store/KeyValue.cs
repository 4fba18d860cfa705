namespace Sampan.Store;

/// <summary>One version of a key. <see cref="Version"/> counts the puts since the key was created; <see cref="Lease"/> is 0 for none.</summary>
public sealed record KeyValue(
    string Key,
    ReadOnlyMemory<byte> Value,
    long CreateRevision,
    long ModRevision,
    long Version,
    long Lease);
