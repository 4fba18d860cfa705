namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>The tests that share one control plane. They run when no others do, so that nobody's patience is tried.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ControlPlaneCollection : ICollectionFixture<ControlPlane>
{
    public const string Name = "control plane";
}
