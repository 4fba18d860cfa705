using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Framework;

/// <summary>Keeps kinds of objects up to date in <see cref="Cache.SchedulerCache.Objects"/>.</summary>
public static class ObjectKeeping
{
    /// <summary>From now on the kind is known to all plugins, and its changes are told to the queue. May be asked for more than once.</summary>
    public static IDisposable Keep<T>(this PluginContext context, ClusterEventKind kind) where T : class, IObject<T> =>
        context.Informers.For<T>().Subscribe((old, current) => context.Post(cluster =>
        {
            if (cluster.Objects.Of<T>().Set(old, current)) context.Move(new ClusterEvent(kind, Object: current ?? old) { OldObject = old, IsDeletion = current is null });
        }));
}
