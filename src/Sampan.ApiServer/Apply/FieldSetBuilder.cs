namespace Sampan.ApiServer.Apply;

/// <summary>Collects paths in the order of a walk, and makes the set of them. A path that comes back to a place joins what was there.</summary>
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
        return FieldSet.Of(Joined(entries));
    }

    /// <summary>Sorted entries with each element once.</summary>
    private static FieldEntry[] Joined(FieldEntry[] entries)
    {
        var last = 0;
        for (var i = 1; i < entries.Length; i++)
        {
            var (known, next) = (entries[last], entries[i]);
            if (known.Element != next.Element)
            {
                entries[++last] = next;
                continue;
            }
            entries[last] = new FieldEntry(known.Element, known.IsMember || next.IsMember, known.Children.Union(next.Children));
        }
        return last + 1 == entries.Length ? entries : entries[..(last + 1)];
    }

    private static ref Node Child(ref Node node, PathElement element)
    {
        var children = node.Children ??= [];
        if (children.Count == 0 || children[^1].Element != element)
        {
            children.Add(new Node { Element = element });
        }
        return ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(children)[^1];
    }

    private struct Node
    {
        public PathElement Element;
        public bool IsMember;
        public List<Node>? Children;
    }
}
