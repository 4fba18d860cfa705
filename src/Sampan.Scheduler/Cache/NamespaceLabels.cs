namespace Sampan.Scheduler.Cache;

/// <summary>The labels of each namespace.</summary>
public sealed class NamespaceLabels
{
    private readonly Dictionary<string, Dictionary<string, string>> _labels = [];

    /// <summary>None for a namespace that is not known (yet).</summary>
    public IReadOnlyDictionary<string, string>? Of(string ns) => _labels.GetValueOrDefault(ns);

    /// <returns>Whether that was a change.</returns>
    internal bool Set(string ns, Dictionary<string, string>? labels)
    {
        if (labels is null) return _labels.Remove(ns);
        if (_labels.TryGetValue(ns, out var old) && old.Count == labels.Count && old.All(label => labels.GetValueOrDefault(label.Key) == label.Value)) return false;
        _labels[ns] = labels;
        return true;
    }
}
