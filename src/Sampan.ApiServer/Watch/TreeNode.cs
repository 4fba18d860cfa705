namespace Sampan.ApiServer.Watch;

/// <summary>A node of a <see cref="SortedTree{T}"/>; never empty.</summary>
internal abstract class TreeNode<T>
    where T : class, IKeyed
{
    protected const int MaxSize = 32;
    private protected const int MergeBelow = MaxSize / 4;

    /// <summary>The smallest key in it.</summary>
    public abstract string First { get; }

    /// <summary>The items in it.</summary>
    public abstract int Count { get; }

    /// <summary>The entries of this node alone.</summary>
    public abstract int Size { get; }

    public abstract T? Find(string key);

    /// <summary>The node with the item in it; when it became too large, its right half apart.</summary>
    public abstract TreeNode<T> Set(T item, out TreeNode<T>? right);

    /// <summary>The node without the key, which is there; null when that leaves nothing.</summary>
    public abstract TreeNode<T>? Remove(string key);

    /// <summary>How many keys are smaller.</summary>
    public abstract int Rank(string key);

    /// <summary>This node and its right neighbour of the same height as one.</summary>
    public abstract TreeNode<T> Join(TreeNode<T> right);

    protected static TItem[] Inserted<TItem>(TItem[] items, int at, TItem item)
    {
        var result = new TItem[items.Length + 1];
        Array.Copy(items, result, at);
        result[at] = item;
        Array.Copy(items, at, result, at + 1, items.Length - at);
        return result;
    }

    protected static TItem[] Removed<TItem>(TItem[] items, int at)
    {
        var result = new TItem[items.Length - 1];
        Array.Copy(items, result, at);
        Array.Copy(items, at + 1, result, at, result.Length - at);
        return result;
    }

    protected static TItem[] Replaced<TItem>(TItem[] items, int at, TItem item)
    {
        var result = (TItem[])items.Clone();
        result[at] = item;
        return result;
    }
}
