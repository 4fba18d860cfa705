namespace Sampan.ApiServer.Apply;

/// <summary>Bounds how many updating managers an object remembers: the oldest become one per version, "ancient-changes".</summary>
internal static class UpdateLimit
{
    private const int MaxUpdaters = 10;

    private static readonly FieldOwner Ancient = new("ancient-changes", "");

    public static ManagedFields Enforce(ManagedFields managed)
    {
        var excess = managed.Entries.Count(entry => !entry.IsApplied) - MaxUpdaters;
        if (excess <= 0)
        {
            return managed;
        }
        var first = new Dictionary<string, ManagedEntry>();
        foreach (var entry in managed.Entries.Where(entry => !entry.IsApplied)
            .OrderBy(ManagedFields.SecondsOf).ThenBy(entry => entry.Manager, StringComparer.Ordinal).ToList())
        {
            if (excess == 0)
            {
                break;
            }
            if (first.TryAdd(entry.ApiVersion, entry))
            {
                continue;
            }
            var bucket = managed.Find(Ancient, ManagedEntry.Update, entry.ApiVersion) ?? first[entry.ApiVersion];
            var merged = ManagedEntry.New(Ancient, ManagedEntry.Update, entry.ApiVersion, entry.Time ?? default, bucket.Fields.Union(entry.Fields));
            managed = managed.Replace(bucket, null).Replace(entry, merged);
            excess--;
        }
        return managed;
    }
}
