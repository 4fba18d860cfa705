using Sampan.Api;

namespace Sampan.ApiServer.Tests;

/// <summary>Objects in memory; <see cref="Set{T}"/> and <see cref="Remove{T}"/> report to subscribers at once.</summary>
internal sealed class FakeObjectSource : IObjectSource
{
    private readonly Dictionary<(Type, ObjectKey), object> _objects = [];
    private readonly Dictionary<Type, List<Delegate>> _subscribers = [];

    public IEnumerable<T> List<T>(string? ns = null)
        where T : class, IObject<T> =>
        _objects.Values.OfType<T>().Where(o => ns is null || o.Metadata.Namespace == ns);

    public T? Get<T>(string? ns, string name)
        where T : class, IObject<T> =>
        (T?)_objects.GetValueOrDefault((typeof(T), new ObjectKey(ns ?? "", name)));

    public IDisposable Subscribe<T>(Action<T?, T?> onChange)
        where T : class, IObject<T>
    {
        foreach (var item in List<T>().ToList())
            onChange(null, item);
        if (!_subscribers.TryGetValue(typeof(T), out var list))
            _subscribers[typeof(T)] = list = [];
        list.Add(onChange);
        return new Subscription(() => list.Remove(onChange));
    }

    public void Set<T>(T value)
        where T : class, IObject<T>
    {
        var key = (typeof(T), new ObjectKey(value.Metadata.Namespace, value.Metadata.Name));
        var old = (T?)_objects.GetValueOrDefault(key);
        _objects[key] = value;
        Report(old, value);
    }

    public void Remove<T>(string? ns, string name)
        where T : class, IObject<T>
    {
        if (_objects.Remove((typeof(T), new ObjectKey(ns ?? "", name)), out var old))
            Report((T)old, null);
    }

    private void Report<T>(T? old, T? current)
    {
        foreach (var subscriber in _subscribers.GetValueOrDefault(typeof(T), []))
            ((Action<T?, T?>)subscriber)(old, current);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
