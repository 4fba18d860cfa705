using System.Text;

namespace Sampan.Kubelet.Linux;

/// <summary>A Unix socket's path has a fixed place in the kernel, and what does not fit cannot be listened at.</summary>
public static class SocketPaths
{
    private const int Longest = 107;

    /// <exception cref="IOException">It is too long; the message says by how much, and what helps.</exception>
    public static void Check(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) - Longest is > 0 and var excess)
        {
            throw new IOException($"the path of the socket {path} is {excess} bytes too long: choose a data directory with a shorter path, or a short link to this one");
        }
    }
}
