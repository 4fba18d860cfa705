using System.Numerics;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// Which ports of a range are taken, a bit each. The lowest ports are left to those who ask for a certain one, while others are free.
/// </summary>
internal sealed class PortBitmap
{
    private readonly byte[] _bits;
    private readonly int _size;
    private readonly int _offset;

    public PortBitmap(int first, int last, ReadOnlySpan<byte> bits = default)
    {
        (First, Last) = (first, last);
        _size = last - first + 1;
        _offset = Math.Min(Math.Max(16, _size / 32), Math.Min(128, _size));
        _bits = new byte[(_size + 7) / 8];
        bits[..Math.Min(bits.Length, _bits.Length)].CopyTo(_bits);
    }

    public int First { get; }

    public int Last { get; }

    public int Taken => _bits.Sum(eight => BitOperations.PopCount(eight));

    public byte[] ToBytes() => [.. _bits];

    public bool Contains(int port) => port >= First && port <= Last;

    public bool IsTaken(int port) => (_bits[(port - First) / 8] & Mask(port)) != 0;

    public bool TryTake(int port)
    {
        if (IsTaken(port))
        {
            return false;
        }
        _bits[(port - First) / 8] |= Mask(port);
        return true;
    }

    /// <summary>Any free port; null when all are taken.</summary>
    public int? Take() => TakeFrom(_offset, _size) ?? TakeFrom(0, _offset);

    public bool Release(int port)
    {
        if (!Contains(port) || !IsTaken(port))
        {
            return false;
        }
        _bits[(port - First) / 8] &= (byte)~Mask(port);
        return true;
    }

    private byte Mask(int port) => (byte)(1 << ((port - First) % 8));

    private int? TakeFrom(int start, int end)
    {
        var length = end - start;
        var first = length > 0 ? Random.Shared.Next(length) : 0;
        for (var i = 0; i < length; i++)
        {
            var port = First + start + ((first + i) % length);
            if (TryTake(port))
            {
                return port;
            }
        }
        return null;
    }
}
