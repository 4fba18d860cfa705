namespace Sampan.ApiServer.Watch;

/// <summary>Nodes in order, all of the same height.</summary>
internal sealed class TreeBranch<T> : TreeNode<T>
    where T : class, IKeyed
{
    public TreeBranch(TreeNode<T>[] children)
    {
        Children = children;
        First = children[0].First;
        foreach (var child in children)
        {
            Count += child.Count;
        }
    }

    public TreeNode<T>[] Children { get; }

    public override string First { get; }

    public override int Count { get; }

    public override int Size => Children.Length;

    public override T? Find(string key) => Children[ChildFor(key)].Find(key);

    public override TreeNode<T> Set(T item, out TreeNode<T>? right)
    {
        right = null;
        var at = ChildFor(item.Key);
        var children = Replaced(Children, at, Children[at].Set(item, out var split));
        if (split is null)
        {
            return new TreeBranch<T>(children);
        }

        children = Inserted(children, at + 1, split);
        if (children.Length <= MaxSize)
        {
            return new TreeBranch<T>(children);
        }

        var half = at + 2 == children.Length ? children.Length - 1 : children.Length / 2;
        right = new TreeBranch<T>(children[half..]);
        return new TreeBranch<T>(children[..half]);
    }

    public override TreeNode<T>? Remove(string key)
    {
        var at = ChildFor(key);
        var child = Children[at].Remove(key);
        if (child is null)
        {
            return Children.Length == 1 ? null : new TreeBranch<T>(Removed(Children, at));
        }

        return child.Size < MergeBelow ? Merge(at, child) : new TreeBranch<T>(Replaced(Children, at, child));
    }

    public override int Rank(string key)
    {
        var at = ChildFor(key);
        var rank = Children[at].Rank(key);
        for (var i = 0; i < at; i++)
        {
            rank += Children[i].Count;
        }

        return rank;
    }

    public override TreeNode<T> Join(TreeNode<T> right) => new TreeBranch<T>([.. Children, .. ((TreeBranch<T>)right).Children]);

    /// <summary>The child that has the key if any has: the last one that does not start after it.</summary>
    public int ChildFor(string key)
    {
        var (low, high) = (1, Children.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = string.CompareOrdinal(Children[middle].First, key) <= 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return low - 1;
    }

    /// <summary>This node with a child that became small, joined with a neighbour when both fit into one.</summary>
    private TreeBranch<T> Merge(int at, TreeNode<T> child)
    {
        var left = at > 0 ? at - 1 : at;
        if (left + 1 < Children.Length)
        {
            var (first, second) = left == at ? (child, Children[at + 1]) : (Children[left], child);
            if (first.Size + second.Size <= MaxSize)
            {
                return new TreeBranch<T>(Replaced(Removed(Children, left + 1), left, first.Join(second)));
            }
        }

        return new TreeBranch<T>(Replaced(Children, at, child));
    }
}
