using System.Buffers.Binary;

namespace Sampan.Store.Embedded;

/// <summary>The running checksum of SQLite's write-ahead log (file format, section 4.2).</summary>
internal struct WalChecksum(bool bigEndian)
{
    private uint _first;
    private uint _second;

    /// <summary>Adds a multiple of 8 bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            _first += Word(bytes) + _second;
            _second += Word(bytes[4..]) + _first;
        }
    }

    /// <summary>Whether the two stored words are this checksum.</summary>
    public readonly bool Equals(ReadOnlySpan<byte> stored) =>
        BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

    private readonly uint Word(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
