namespace Sampan.Scheduler.Cache;

/// <summary>What plugins know of the cluster beyond nodes and pods, by kind. A kind is there once a plugin keeps it.</summary>
public sealed class ClusterObjects
{
    private readonly Dictionary<Type, object> _kinds = [];

    public KeptObjects<T> Of<T>() where T : class, IObject
    {
        if (!_kinds.TryGetValue(typeof(T), out var kept)) _kinds[typeof(T)] = kept = new KeptObjects<T>();
        return (KeptObjects<T>)kept;
    }
}
