using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// The small text files of control groups and of /proc. A file that is not there, or went away, is empty. An idle node reads thousands
/// of them a minute, so they are read without a stream, and numbers without a string.
/// </summary>
internal static class CgroupFile
{
    private const int LongestNumber = 32;
    private const int Usual = 4096;

    /// <summary>The number that the file consists of; 0 for anything else, such as <c>max</c>.</summary>
    public static long Number(string path)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite;
        return long.TryParse(text[..Read(path, text)], style, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    public static CgroupTable Table(string path) => new(Bytes(path));

    public static string Text(string path) => Encoding.UTF8.GetString(Bytes(path));

    private static byte[] Bytes(string path)
    {
        for (var size = Usual; ; size *= 2)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                if (Read(path, buffer) is var length && length < buffer.Length) return buffer[..length];
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Returns how much of the buffer was filled; all of it when there may be more.</summary>
    private static int Read(string path, Span<byte> buffer)
    {
        if (!File.Exists(path)) return 0;
        try
        {
            using var file = File.OpenHandle(path);
            var length = 0;
            while (RandomAccess.Read(file, buffer[length..], length) is > 0 and var count) length += count;
            return length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
