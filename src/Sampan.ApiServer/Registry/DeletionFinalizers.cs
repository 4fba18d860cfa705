using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>Turns a deletion's propagation policy into the garbage collector's finalizers.</summary>
internal static class DeletionFinalizers
{
    public const string Orphan = "orphan";
    public const string Foreground = "foregroundDeletion";

    /// <summary>True when the finalizers changed.</summary>
    public static bool Apply(Strategy strategy, ObjectMeta meta, DeleteOptions options)
    {
        var existing = meta.Finalizers.OrEmpty();
        var wanted = existing.Where(name => name is not (Orphan or Foreground)).ToList();
        if (strategy.MayHaveDependents && ShouldOrphan(strategy, existing, options))
        {
            wanted.Add(Orphan);
        }
        if (strategy.MayHaveDependents && ShouldGoForeground(existing, options))
        {
            wanted.Add(Foreground);
        }
        if (wanted.Count == existing.Count && wanted.All(existing.Contains))
        {
            return false;
        }
        meta.Finalizers = wanted.Count > 0 ? wanted : null;
        return true;
    }

    private static bool ShouldOrphan(Strategy strategy, IReadOnlyList<string> existing, DeleteOptions options)
    {
        if (options.OrphanDependents is { } orphan)
        {
            return orphan;
        }
        if (!string.IsNullOrEmpty(options.PropagationPolicy))
        {
            return options.PropagationPolicy == "Orphan";
        }
        if (existing.Contains(Orphan) || existing.Contains(Foreground))
        {
            return existing.Contains(Orphan);
        }
        return strategy.OrphansDependentsByDefault;
    }

    private static bool ShouldGoForeground(IReadOnlyList<string> existing, DeleteOptions options)
    {
        if (options.OrphanDependents is not null)
        {
            return false;
        }
        if (!string.IsNullOrEmpty(options.PropagationPolicy))
        {
            return options.PropagationPolicy == "Foreground";
        }
        return existing.Contains(Foreground) && !existing.Contains(Orphan);
    }
}
