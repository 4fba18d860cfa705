namespace Sampan.Cluster.Server;

/// <summary>A component could not be started or has failed.</summary>
public sealed class ComponentException(string component, string reason, Exception? inner = null)
    : Exception($"{component}: {reason}", inner)
{
    public string Component { get; } = component;
}
