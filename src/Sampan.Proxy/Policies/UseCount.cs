namespace Sampan.Proxy.Policies;

/// <summary>How many use something, and of what this changed.</summary>
internal sealed class UseCount<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _uses = [];
    private HashSet<TKey> _changed = [];

    public bool IsUsed(TKey key) => _uses.ContainsKey(key);

    public void Change(IEnumerable<TKey> before, IEnumerable<TKey> after)
    {
        foreach (var key in after) Add(key, 1);
        foreach (var key in before) Add(key, -1);
    }

    public IReadOnlyCollection<TKey> TakeChanged()
    {
        var changed = _changed;
        _changed = [];
        return changed;
    }

    private void Add(TKey key, int amount)
    {
        int uses = _uses.GetValueOrDefault(key) + amount;
        if (uses == 0) _uses.Remove(key);
        else _uses[key] = uses;
        _changed.Add(key);
    }
}
