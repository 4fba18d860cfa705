namespace Sampan.ApiServer.Apply;

/// <summary>Collects paths, best in the order of a walk, and makes the set of them.</summary>
internal sealed class FieldSetBuilder
{
    private Node _root;

    public bool IsEmpty => _root.Children is null;

    public void Insert(ReadOnlySpan<PathElement> path)
    {
        ref var node = ref _root;
        foreach (var element in path)
        {
            node = ref Child(ref node, element);
        }
        node.IsMember = true;
    }

    public FieldSet Build() => Build(_root);

    private static FieldSet Build(Node node)
    {
        if (node.Children is not { } children)
        {
            return FieldSet.Empty;
        }
        var entries = new FieldEntry[children.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new FieldEntry(children[i].Element, children[i].IsMember, Build(children[i]));
        }
        Array.Sort(entries, static (left, right) => left.Element.CompareTo(right.Element));
        return FieldSet.Of(entries);
    }

    private static ref Node Child(ref Node node, PathElement element)
    {
        var children = node.Children ??= [];
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(children);
        for (var i = all.Length - 1; i >= 0; i--)
        {
            if (all[i].Element == element)
            {
                return ref all[i];
            }
        }
        children.Add(new Node { Element = element });
        return ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(children)[^1];
    }

    private struct Node
    {
        public PathElement Element;
        public bool IsMember;
        public List<Node>? Children;
    }
}
