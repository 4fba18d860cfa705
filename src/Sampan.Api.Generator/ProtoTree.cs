namespace Sampan.Api.Generator;

/// <summary>A protobuf message's fields by number: a field of the class, or an embedded message with fields of its own.</summary>
internal sealed class ProtoTree
{
    public SortedDictionary<int, FieldModel> Fields { get; } = [];

    public SortedDictionary<int, ProtoTree> Embedded { get; } = [];

    public IEnumerable<int> Numbers => Fields.Keys.Concat(Embedded.Keys).OrderBy(n => n);

    public static ProtoTree Of(TypeModel type)
    {
        ProtoTree root = new();
        foreach (FieldModel field in type.Fields.Where(f => f.Number > 0))
        {
            ProtoTree node = root;
            foreach (int number in field.Embedded)
            {
                if (!node.Embedded.TryGetValue(number, out ProtoTree? child))
                {
                    node.Embedded[number] = child = new ProtoTree();
                }

                node = child;
            }

            node.Fields.Add(field.Number, field);
        }

        return root;
    }
}
