using System.Diagnostics.CodeAnalysis;

namespace Sampan.Client.Events;

/// <summary>A map that forgets the entry used longest ago when it is full.</summary>
internal sealed class RecentEntries<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _map = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_map.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        _order.Remove(node);
        _order.AddFirst(node);
        value = node.Value.Value;
        return true;
    }

    public TValue GetOrAdd(TKey key, Func<TValue> make)
    {
        if (TryGet(key, out var known)) return known;
        var value = make();
        Set(key, value);
        return value;
    }

    public void Set(TKey key, TValue value)
    {
        if (_map.Remove(key, out var old)) _order.Remove(old);
        _map[key] = _order.AddFirst((key, value));
        if (_map.Count <= capacity) return;
        _map.Remove(_order.Last!.Value.Key);
        _order.RemoveLast();
    }
}
