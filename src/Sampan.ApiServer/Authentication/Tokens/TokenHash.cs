using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>SHA-256 of a token: tables keyed by it hold no secret, and looking up takes the same time for any token.</summary>
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    public static TokenHash Of(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        var words = MemoryMarshal.Cast<byte, ulong>(hash);
        return new TokenHash(words[0], words[1], words[2], words[3]);
    }
}
