namespace Sampan.Client.Discovery;

/// <summary>What a server serves. Groups whose backend did not answer are listed in <paramref name="Failed"/>.</summary>
public sealed record DiscoveryResult(IReadOnlyList<ApiResourceInfo> Resources, IReadOnlyList<string> Failed)
{
    /// <summary>Each group's resources in that group's preferred version that has them.</summary>
    public IEnumerable<ApiResourceInfo> Preferred() =>
        Resources.GroupBy(r => (r.Resource.Group, r.Resource.Resource)).Select(versions => versions.First());
}
