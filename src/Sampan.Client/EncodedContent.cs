namespace Sampan.Client;

/// <summary>Bytes and what they are.</summary>
public readonly record struct EncodedContent(ReadOnlyMemory<byte> Bytes, string MediaType);
