namespace Sampan.Api.Codec;

/// <summary>The bytes are not the protobuf message they should be.</summary>
public sealed class ProtoFormatException : FormatException
{
    public ProtoFormatException()
    {
    }

    public ProtoFormatException(string message)
        : base(message)
    {
    }

    public ProtoFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
