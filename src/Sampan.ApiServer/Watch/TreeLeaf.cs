namespace Sampan.ApiServer.Watch;

/// <summary>Items in order.</summary>
internal sealed class TreeLeaf<T>(T[] items) : TreeNode<T>
    where T : class, IKeyed
{
    public T[] Items => items;

    public override string First => items[0].Key;

    public override int Count => items.Length;

    public override int Size => items.Length;

    public override T? Find(string key) => Search(key) is >= 0 and var at ? items[at] : null;

    public override TreeNode<T> Set(T item, out TreeNode<T>? right)
    {
        right = null;
        var at = Search(item.Key);
        if (at >= 0)
        {
            return new TreeLeaf<T>(Replaced(items, at, item));
        }

        var grown = Inserted(items, ~at, item);
        if (grown.Length <= MaxSize)
        {
            return new TreeLeaf<T>(grown);
        }

        var half = SplitAt(grown.Length, ~at);
        right = new TreeLeaf<T>(grown[half..]);
        return new TreeLeaf<T>(grown[..half]);
    }

    public override TreeNode<T>? Remove(string key) => items.Length == 1 ? null : new TreeLeaf<T>(Removed(items, Search(key)));

    public override int Rank(string key) => Search(key) is var at && at >= 0 ? at : ~at;

    public override TreeNode<T> Join(TreeNode<T> right) => new TreeLeaf<T>([.. items, .. ((TreeLeaf<T>)right).Items]);

    /// <summary>The index of the key, or the complement of where it belongs.</summary>
    public int Search(string key)
    {
        var (low, high) = (0, items.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(items[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    // Keys that come in ascending order (a load) leave full leaves behind.
    private static int SplitAt(int length, int inserted) => inserted == length - 1 ? length - 1 : length / 2;
}
