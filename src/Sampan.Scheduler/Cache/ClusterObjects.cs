namespace Sampan.Scheduler.Cache;

/// <summary>What plugins know of the cluster beyond nodes and pods, by kind. A kind is there once a plugin keeps it.</summary>
public sealed class ClusterObjects
{
    private readonly Dictionary<Type, object> _kinds = [];
    private readonly Dictionary<Type, object> _derived = [];

    public KeptObjects<T> Of<T>() where T : class, IObject
    {
        if (!_kinds.TryGetValue(typeof(T), out var kept)) _kinds[typeof(T)] = kept = new KeptObjects<T>();
        return (KeptObjects<T>)kept;
    }

    /// <summary>What is worked out from objects and kept up to date beside them; made when it is first asked for.</summary>
    public T Derive<T>(Func<ClusterObjects, T> create) where T : class
    {
        if (!_derived.TryGetValue(typeof(T), out var derived)) _derived[typeof(T)] = derived = create(this);
        return (T)derived;
    }
}
