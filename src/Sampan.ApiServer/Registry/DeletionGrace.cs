using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>The grace period of a deletion. Upstream: apiserver/pkg/registry/rest/delete.go.</summary>
internal static class DeletionGrace
{
    internal enum Outcome
    {
        /// <summary>Nobody needs to be waited for.</summary>
        None,

        /// <summary>The object was marked, or its remaining time shortened; somebody deletes it later.</summary>
        Marked,

        /// <summary>The object is already waiting and this deletion changes nothing.</summary>
        Pending,
    }

    public static Outcome Apply(Strategy strategy, WriteContext context, IObject obj, DeleteOptions options)
    {
        var meta = obj.Metadata;
        // A negative period is the shortest one that there is.
        options.GracePeriodSeconds = options.GracePeriodSeconds < 0 ? 1 : options.GracePeriodSeconds;
        meta.DeletionGracePeriodSeconds = meta.DeletionGracePeriodSeconds < 0 ? 1 : meta.DeletionGracePeriodSeconds;
        if (meta.DeletionTimestamp is not null)
        {
            return Shorten(meta, options);
        }
        if (!strategy.CheckGracefulDelete(obj, options) || options.GracePeriodSeconds is not > 0)
        {
            return Outcome.None;
        }
        meta.DeletionTimestamp = context.Now.AddSeconds(options.GracePeriodSeconds.Value);
        meta.DeletionGracePeriodSeconds = options.GracePeriodSeconds;
        BumpGeneration(meta);
        return Outcome.Marked;
    }

    /// <summary>Marks an object that waits for its finalizers only.</summary>
    public static void MarkAsDeleting(WriteContext context, ObjectMeta meta)
    {
        if (meta.DeletionTimestamp is null)
        {
            BumpGeneration(meta);
        }
        if (meta.DeletionTimestamp is not { } marked || (DateTimeOffset)marked > context.Now)
        {
            meta.DeletionTimestamp = context.Now;
        }
        meta.DeletionGracePeriodSeconds = 0;
    }

    private static Outcome Shorten(ObjectMeta meta, DeleteOptions options)
    {
        // Marked only for finalizers: nobody counts down, so the deletion goes on.
        if (meta.DeletionGracePeriodSeconds is not { } remaining || remaining == 0)
        {
            return Outcome.None;
        }
        if (options.GracePeriodSeconds is not { } period || period >= remaining)
        {
            return Outcome.Pending;
        }
        meta.DeletionTimestamp = ((DateTimeOffset)meta.DeletionTimestamp!.Value).AddSeconds(period - remaining);
        meta.DeletionGracePeriodSeconds = period;
        return period > 0 ? Outcome.Marked : Outcome.None;
    }

    private static void BumpGeneration(ObjectMeta meta)
    {
        if (meta.Generation > 0)
        {
            meta.Generation++;
        }
    }
}
