namespace Sampan.Network.Host;

/// <summary>A program of the host failed.</summary>
internal sealed class HostCommandException : Exception
{
    public HostCommandException(string message)
        : base(message)
    {
    }

    public HostCommandException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public HostCommandException()
    {
    }
}
