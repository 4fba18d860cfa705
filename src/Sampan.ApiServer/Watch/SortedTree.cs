namespace Sampan.ApiServer.Watch;

/// <summary>
/// An immutable tree of items in the ordinal order of their keys. A change copies the nodes on the way from the root to one leaf and
/// shares the rest, so every version stays readable at no cost for the others.
/// <code>
///          [a .. | f ..]              [a .. | f ..]'
///          /         \      set g     /         \
///   [a b c]       [f h]     ───▶   (same)      [f g h]
/// </code>
/// </summary>
internal sealed class SortedTree<T>
    where T : class, IKeyed
{
    private readonly TreeNode<T>? _root;

    private SortedTree(TreeNode<T>? root) => _root = root;

    public static SortedTree<T> Empty { get; } = new(null);

    public int Count => _root?.Count ?? 0;

    public T? Find(string key) => _root?.Find(key);

    /// <summary>Adds the item, or puts it in the place of the one with its key.</summary>
    public SortedTree<T> Set(T item)
    {
        if (_root is null)
        {
            return new SortedTree<T>(new TreeLeaf<T>([item]));
        }

        var node = _root.Set(item, out var right);
        return new SortedTree<T>(right is null ? node : new TreeBranch<T>([node, right]));
    }

    public SortedTree<T> Remove(string key)
    {
        if (Find(key) is null)
        {
            return this;
        }

        var node = _root!.Remove(key);
        while (node is TreeBranch<T> { Children: [var only] })
        {
            node = only;
        }

        return node is null ? Empty : new SortedTree<T>(node);
    }

    /// <summary>The items whose keys start with the prefix, in order, from a key (inclusive) on.</summary>
    public TreeRange<T> Range(string prefix = "", string? from = null) =>
        new(_root, from is not null && string.CompareOrdinal(from, prefix) > 0 ? from : prefix, prefix);

    /// <summary>How many items <see cref="Range"/> gives, without walking them.</summary>
    public int CountRange(string prefix = "", string? from = null)
    {
        var start = from is not null && string.CompareOrdinal(from, prefix) > 0 ? from : prefix;
        return Math.Max(0, (prefix.Length == 0 ? Count : Rank(After(prefix))) - Rank(start));
    }

    private static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    private int Rank(string key) => _root?.Rank(key) ?? 0;
}
