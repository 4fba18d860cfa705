using Sampan.Api;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// What a write changed, in each version in which somebody manages fields: who set spec.metrics of autoscaling/v2 loses it to one who
/// sets spec.targetCPUUtilizationPercentage of v1. Other versions are looked at only when an entry asks.
/// </summary>
internal sealed class VersionedDifference(
    KindInfo kind, TreeDifference own, ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> next, ObjectVersions? versions, string subresource)
{
    private Dictionary<string, TreeDifference?>? _others;

    public TreeDifference Own => own;

    /// <summary>Null for a version that is not served: nobody can manage fields of it.</summary>
    public TreeDifference? In(string apiVersion)
    {
        if (apiVersion == kind.ApiVersion)
        {
            return own;
        }
        _others ??= [];
        if (!_others.TryGetValue(apiVersion, out var difference))
        {
            difference = versions?.Difference(old, next, kind.ApiVersion, apiVersion, subresource);
            _others.Add(apiVersion, difference);
        }
        return difference;
    }
}
