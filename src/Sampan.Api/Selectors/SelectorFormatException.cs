namespace Sampan.Api.Selectors;

/// <summary>The text or object is not a selector.</summary>
public sealed class SelectorFormatException : FormatException
{
    public SelectorFormatException()
    {
    }

    public SelectorFormatException(string message)
        : base(message)
    {
    }

    public SelectorFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
