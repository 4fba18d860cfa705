namespace Sampan.Client.Streaming.Spdy;

/// <summary>Data of one stream, or its end, or both.</summary>
public readonly record struct SpdyEvent(int StreamId, ReadOnlyMemory<byte> Data, bool IsLast);
