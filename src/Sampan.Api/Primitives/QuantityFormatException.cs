namespace Sampan.Api;

/// <summary>The text is not a quantity.</summary>
public sealed class QuantityFormatException : FormatException
{
    public QuantityFormatException()
    {
    }

    public QuantityFormatException(string message)
        : base(message)
    {
    }

    public QuantityFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
