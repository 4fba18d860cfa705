namespace Sampan.ApiServer.Apply;

/// <summary>
/// Bounds how many updating managers an object remembers: the oldest become one per version, "ancient-changes". The oldest of a version
/// stays as it is until a second one joins it.
/// </summary>
internal static class UpdateLimit
{
    private const int MaxUpdaters = 10;

    private static readonly FieldOwner Ancient = new("ancient-changes", "");

    public static ManagedFields Enforce(ManagedFields managed)
    {
        var updaters = managed.Entries.Where(entry => !entry.IsApplied)
            .OrderBy(ManagedFields.SecondsOf).ThenBy(entry => entry.Manager, StringComparer.Ordinal).ToList();
        var excess = updaters.Count - MaxUpdaters;
        if (excess <= 0)
        {
            return managed;
        }
        var buckets = new Dictionary<string, List<ManagedEntry>>();
        foreach (var entry in updaters)
        {
            if (excess == 0)
            {
                break;
            }
            if (!buckets.TryGetValue(entry.ApiVersion, out var bucket))
            {
                buckets.Add(entry.ApiVersion, [entry]);
                continue;
            }
            bucket.Add(entry);
            excess--;
        }
        var merged = buckets.Values.Where(bucket => bucket.Count > 1).ToList();
        var gone = merged.SelectMany(bucket => bucket).ToHashSet();
        return Joined(managed.Entries.Where(entry => !gone.Contains(entry)), merged);
    }

    /// <summary>What is left, and one entry for each bucket.</summary>
    private static ManagedFields Joined(IEnumerable<ManagedEntry> left, List<List<ManagedEntry>> buckets)
    {
        var others = left.ToList();
        foreach (var bucket in buckets)
        {
            var (version, time) = (bucket[0].ApiVersion, bucket[^1].Time ?? default);
            if (others.Find(entry => entry.IsOf(Ancient, ManagedEntry.Update, version)) is { } known)
            {
                // The one that was made before takes the others in; the oldest goes on waiting for company.
                others.Remove(known);
                others.Add(bucket[0]);
                bucket[0] = known;
            }
            var fields = ManagedFields.UnionOf([.. bucket.Select(entry => entry.Fields)]);
            others.Add(ManagedEntry.New(Ancient, ManagedEntry.Update, version, time, fields));
        }
        return new ManagedFields(others);
    }
}
