namespace Sampan.Proxy.Nftables;

/// <summary>nftables refused commands; the message carries its own words.</summary>
internal sealed class NftablesException : Exception
{
    public NftablesException(string message)
        : base(message)
    {
    }

    public NftablesException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public NftablesException()
    {
    }
}
