namespace Sampan.Store;

/// <summary>What a <see cref="Compare"/> looks at.</summary>
public enum CompareTarget
{
    ModRevision,
    CreateRevision,
}

/// <summary>A condition of a transaction: the key's revision equals this one. An absent key has revision 0.</summary>
public readonly record struct Compare(string Key, CompareTarget Target, long Revision)
{
    public static Compare ModRevision(string key, long revision) => new(key, CompareTarget.ModRevision, revision);

    public static Compare CreateRevision(string key, long revision) => new(key, CompareTarget.CreateRevision, revision);

    public static Compare Absent(string key) => new(key, CompareTarget.ModRevision, 0);
}
