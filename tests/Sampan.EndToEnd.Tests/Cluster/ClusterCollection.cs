namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>The tests that share one cluster; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<TestCluster>
{
    public const string Name = "cluster";
}
