namespace Sampan.Cluster.Host;

/// <summary>The host did not do what a cluster needs; the message says what happened and what to do.</summary>
public sealed class HostException : Exception
{
    public HostException(string message) : base(message) { }
    public HostException(string message, Exception inner) : base(message, inner) { }
}
