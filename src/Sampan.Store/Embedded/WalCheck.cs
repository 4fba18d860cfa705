using System.Buffers.Binary;

namespace Sampan.Store.Embedded;

/// <summary>
/// Tells a damaged write-ahead log from one that merely ends in a torn write. SQLite stops at the first frame whose checksum is
/// wrong and forgets the rest, which is right for a write that was never acknowledged. Each commit is synced before the
/// next begins, so two commit frames of the same log after the break prove that synced, acknowledged data lies behind it.
/// <code>
/// header | frame ok | frame ok, commit | frame broken | frame, commit                   torn: go on
/// header | frame ok | frame ok, commit | frame broken | frame, commit | frame, commit   damaged: stop
/// </code>
/// </summary>
internal static class WalCheck
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint MagicLittleEndian = 0x377f0682;

    public static void ThrowIfDamaged(string path, Func<string, string> damaged)
    {
        var wal = new FileInfo(path + "-wal");
        if (!wal.Exists || wal.Length <= HeaderBytes)
        {
            return;
        }

        using var stream = new FileStream(wal.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20);
        var lost = CommitsAfterBreak(stream);
        if (lost >= 2)
        {
            throw new StoreException(damaged($"its write-ahead log is broken in the middle, with {lost} commits behind the break"));
        }
    }

    /// <summary>Counts the commit frames that follow the first frame with a wrong checksum.</summary>
    internal static int CommitsAfterBreak(Stream wal)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (wal.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            return 0;
        }

        var bigEndian = BinaryPrimitives.ReadUInt32BigEndian(header) != MagicLittleEndian;
        var frame = new byte[FrameHeaderBytes + BinaryPrimitives.ReadInt32BigEndian(header[8..])];
        var checksum = new WalChecksum(bigEndian);
        checksum.Add(header[..24]);
        var broken = !checksum.Equals(header[24..]);
        var commits = 0;
        while (wal.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            var sameLog = frame.AsSpan(8, 8).SequenceEqual(header.Slice(16, 8));
            if (!broken)
            {
                checksum.Add(frame.AsSpan(0, 8));
                checksum.Add(frame.AsSpan(FrameHeaderBytes));
                broken = !sameLog || !checksum.Equals(frame.AsSpan(16));
            }

            if (broken && sameLog && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0)
            {
                commits++;
            }
        }

        return commits;
    }
}
