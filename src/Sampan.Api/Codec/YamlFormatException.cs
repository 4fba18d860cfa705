namespace Sampan.Api.Codec;

/// <summary>The text is not YAML, or it is YAML that has no JSON form.</summary>
public sealed class YamlFormatException : FormatException
{
    public YamlFormatException()
    {
    }

    public YamlFormatException(string message)
        : base(message)
    {
    }

    public YamlFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
