namespace Sampan.ApiServer.Apply;

/// <summary>
/// A set of field paths as an immutable trie; every level is sorted. Operations that change nothing return the same instance.
/// <code>
/// {.spec.replicas, .spec.ports, .spec.ports[port=80]}
///
/// f:spec ── f:ports •── k:{"port":80} •        • the path that ends here is a member
///       └── f:replicas •
/// </code>
/// </summary>
internal sealed class FieldSet
{
    private readonly FieldEntry[] _entries;

    private FieldSet(FieldEntry[] entries) => _entries = entries;

    public static FieldSet Empty { get; } = new([]);

    public bool IsEmpty => _entries.Length == 0;

    public ReadOnlySpan<FieldEntry> Entries => _entries;

    /// <summary>A level from sorted entries, none of them empty.</summary>
    public static FieldSet Of(FieldEntry[] entries) => entries.Length == 0 ? Empty : new FieldSet(entries);

    /// <summary>A set of paths of field names, such as "metadata.name".</summary>
    public static FieldSet OfNames(params IEnumerable<string> paths)
    {
        var builder = new FieldSetBuilder();
        foreach (var path in paths)
        {
            builder.Insert([.. path.Split('.').Select(PathElement.Field)]);
        }
        return builder.Build();
    }

    public FieldEntry? Find(PathElement element)
    {
        var (low, high) = (0, _entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _entries[middle].Element.CompareTo(element);
            if (order == 0)
            {
                return _entries[middle];
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return null;
    }

    /// <summary>The entry of a field whose name is still UTF-8; for small sets.</summary>
    public FieldEntry? FindField(ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var entry in Entries)
        {
            if (entry.Element.IsField && System.Text.Ascii.Equals(name, entry.Element.Value))
            {
                return entry;
            }
        }
        return null;
    }

    /// <summary>The paths in the set as people read them: at each level first its members, then what is below.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        foreach (var entry in _entries)
        {
            if (entry.IsMember)
            {
                yield return prefix + entry.Element;
            }
        }
        foreach (var entry in _entries)
        {
            foreach (var path in entry.Children.Paths(prefix + entry.Element))
            {
                yield return path;
            }
        }
    }
}
