namespace Sampan.Api.Cel;

/// <summary>A map that holds its entries.</summary>
public sealed class CelMap : ICelMap
{
    private readonly Dictionary<object, object?> _entries;
    private readonly object? _default;

    /// <param name="entries">The entries; numbers as long.</param>
    /// <param name="defaultValue">What a look-up of any other key gives; null: an error.</param>
    public CelMap(IEnumerable<KeyValuePair<object, object?>> entries, object? defaultValue = null)
    {
        _entries = [];
        foreach (var (key, value) in entries) _entries[KeyOf(key)] = value;
        _default = defaultValue;
    }

    public static CelMap Empty { get; } = new([]);

    public IEnumerable<object> Keys => _entries.Keys;

    public int Count => _entries.Count;

    public bool TryGet(object key, out object? value)
    {
        if (_entries.TryGetValue(KeyOf(key), out value)) return true;
        value = _default;
        return _default is not null;
    }

    // 1, 1u and 1.0 are one key.
    private static object KeyOf(object key) => key switch
    {
        ulong number when number <= long.MaxValue => (long)number,
        double real when real == Math.Floor(real) && Math.Abs(real) < 1L << 53 => (long)real,
        _ => key,
    };
}
