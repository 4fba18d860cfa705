namespace Sampan.ApiServer.Watch;

/// <summary>A part of a tree, walked in order. Counts nothing in advance and copies nothing.</summary>
internal readonly struct TreeRange<T>(TreeNode<T>? root, string from, string prefix)
    where T : class, IKeyed
{
    public Enumerator GetEnumerator() => new(root, from, prefix);

    public List<T> ToList()
    {
        var items = new List<T>();
        foreach (var item in this)
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>Stands at an item of a leaf; the branches above it wait on a stack.</summary>
    internal struct Enumerator
    {
        private readonly string _prefix;
        private readonly Stack<(TreeBranch<T> Branch, int Child)> _above = new(4);
        private T[] _items = [];
        private int _at = -1;

        public Enumerator(TreeNode<T>? root, string from, string prefix)
        {
            _prefix = prefix;
            while (root is TreeBranch<T> branch)
            {
                var child = branch.ChildFor(from);
                _above.Push((branch, child));
                root = branch.Children[child];
            }

            if (root is TreeLeaf<T> leaf)
            {
                _items = leaf.Items;
                _at = leaf.Rank(from) - 1;
            }
        }

        public readonly T Current => _items[_at];

        public bool MoveNext()
        {
            if (++_at >= _items.Length && !NextLeaf())
            {
                return false;
            }

            return _prefix.Length == 0 || _items[_at].Key.StartsWith(_prefix, StringComparison.Ordinal);
        }

        private bool NextLeaf()
        {
            while (_above.TryPop(out var place))
            {
                if (place.Child + 1 < place.Branch.Children.Length)
                {
                    _above.Push((place.Branch, place.Child + 1));
                    Descend(place.Branch.Children[place.Child + 1]);
                    return true;
                }
            }

            return false;
        }

        private void Descend(TreeNode<T> node)
        {
            while (node is TreeBranch<T> branch)
            {
                _above.Push((branch, 0));
                node = branch.Children[0];
            }

            _items = ((TreeLeaf<T>)node).Items;
            _at = 0;
        }
    }
}
