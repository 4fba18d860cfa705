namespace Sampan.Client.Informers;

/// <summary>All objects at one revision, by namespace and by further indexes. Never changes: a reader may keep it.</summary>
public readonly struct InformerSnapshot<T>
    where T : class
{
    private readonly ObjectSnapshot _objects;

    internal InformerSnapshot(ObjectSnapshot objects) => _objects = objects;

    public int Count => _objects.Count;

    public IEnumerable<T> Items => _objects.Namespaces.Values.SelectMany(objects => objects.Values).Cast<T>();

    public string ResourceVersion => _objects.ResourceVersion;

    public T? Get(ObjectKey key) => (T?)_objects.Get(key);

    public IEnumerable<T> In(string ns) => _objects.In(ns).Cast<T>();

    public IEnumerable<T> ByIndex(string index, string value) => _objects.ByIndex(index, value).Cast<T>();
}
