namespace Sampan.Store.Tests;

/// <summary>The store as simply as it can be said: a list of all changes.</summary>
internal sealed class StoreModel
{
    private readonly List<(long Revision, string Key, string? Value)> _changes = [];

    public long Revision { get; private set; } = 1;

    public IEnumerable<string> Changes => _changes.Select(c => $"{c.Revision} {c.Key}={c.Value}");

    public string? Value(string key, long revision) => _changes.LastOrDefault(c => c.Key == key && c.Revision <= revision).Value;

    public long ModRevision(string key) =>
        _changes.LastOrDefault(c => c.Key == key) is { Value: not null } last ? last.Revision : 0;

    public IEnumerable<string> Range(string prefix, long revision) => _changes
        .Where(c => c.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(c => c.Key)
        .Distinct()
        .Order(StringComparer.Ordinal)
        .Where(k => Value(k, revision) is not null)
        .Select(k => $"{k}={Value(k, revision)}");

    public (bool Succeeded, long Revision) Commit(IReadOnlyList<Compare> compares, IReadOnlyList<(string Key, string? Value)> mutations)
    {
        if (!compares.All(c => ModRevision(c.Key) == c.Revision))
        {
            return (false, Revision);
        }

        var effective = mutations.Where(m => m.Value is not null || ModRevision(m.Key) != 0).ToList();
        Revision += effective.Count > 0 ? 1 : 0;
        _changes.AddRange(effective.Select(m => (Revision, m.Key, m.Value)));
        return (true, Revision);
    }
}
