namespace Sampan.Client;

internal sealed class RawContent(ReadOnlyMemory<byte> bytes, string mediaType) : ApiContent
{
    public override object Value { get; } = bytes;

    public override EncodedContent Encode(WireFormat format) => new(bytes, mediaType);
}
