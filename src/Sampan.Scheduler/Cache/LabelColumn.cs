namespace Sampan.Scheduler.Cache;

/// <summary>
/// The values of one label on all nodes, as small numbers by slot. A number is used again when no node has its value.
/// <code>
/// zone:   slot 0: a   slot 1: b   slot 2: -   slot 3: a        ids: 1, 2, 0, 1
/// </code>
/// </summary>
public sealed class LabelColumn(string key)
{
    /// <summary>The id of a node without the label.</summary>
    public const int None = 0;

    private readonly Dictionary<string, int> _ids = [];
    private readonly List<string?> _values = [null];
    private readonly List<int> _uses = [0];
    private readonly Stack<int> _free = new();
    private int[] _bySlot = [];

    public string Key => key;

    /// <summary>One more than the highest id.</summary>
    public int IdCount => _values.Count;

    public int this[int slot] => slot < _bySlot.Length ? _bySlot[slot] : None;

    public string? ValueOf(int id) => _values[id];

    /// <summary>The id of a value; <see cref="None"/> when no node has it.</summary>
    public int IdOf(string value) => _ids.GetValueOrDefault(value);

    internal void Set(int slot, string? value)
    {
        if (slot >= _bySlot.Length) Array.Resize(ref _bySlot, Math.Max(slot + 1, _bySlot.Length * 2));
        var old = _bySlot[slot];
        if (_values[old] == value) return;
        _bySlot[slot] = value is null ? None : Use(value);
        if (old != None && --_uses[old] == 0) Free(old);
    }

    private int Use(string value)
    {
        if (!_ids.TryGetValue(value, out var id))
        {
            if (!_free.TryPop(out id))
            {
                id = _values.Count;
                _values.Add(null);
                _uses.Add(0);
            }
            _values[id] = value;
            _ids[value] = id;
        }
        _uses[id]++;
        return id;
    }

    private void Free(int id)
    {
        _ids.Remove(_values[id]!);
        _values[id] = null;
        _free.Push(id);
    }
}
