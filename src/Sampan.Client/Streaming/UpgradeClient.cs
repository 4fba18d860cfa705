using System.Globalization;
using System.Text;

namespace Sampan.Client.Streaming;

/// <summary>Sends an HTTP/1.1 request that asks for another protocol, and reads the answer's head.</summary>
/// <remarks>HttpClient can't be used: it gives no access to a connection that was switched to SPDY.</remarks>
public static class UpgradeClient
{
    private const int MaxHead = 64 * 1024;

    public static async Task<UpgradeResponse> SendAsync(
        UpgradeTarget target, string method, string pathAndQuery, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        var connection = await target.ConnectAsync(ct);
        try
        {
            await connection.WriteAsync(Head(target, method, pathAndQuery, headers), ct);
            return await ReadResponseAsync(connection, ct);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static byte[] Head(UpgradeTarget target, string method, string pathAndQuery, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var text = new StringBuilder($"{method} {pathAndQuery} HTTP/1.1\r\nHost: {target.Host}\r\n");
        foreach (var (name, value) in headers)
        {
            if (name.AsSpan().ContainsAny('\r', '\n') || value.AsSpan().ContainsAny('\r', '\n'))
                throw new FormatException($"the header {name} holds a line break");
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    private static async Task<UpgradeResponse> ReadResponseAsync(Stream connection, CancellationToken ct)
    {
        var (head, rest) = await ReadHeadAsync(connection, ct);
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var status = lines.Length > 0 ? lines[0].Split(' ', 3) : [];
        if (status.Length < 2 || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            throw new IOException("the server did not answer the upgrade request in HTTP");
        var headers = lines.Skip(1).Select(ParseHeader).ToList();
        return new(code, headers, new PrefixedStream(rest, connection));
    }

    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        var colon = line.IndexOf(':');
        return colon < 0 ? new(line, "") : new(line[..colon].Trim(), line[(colon + 1)..].Trim());
    }

    /// <summary>Reads up to the empty line; what came with it already belongs to the body.</summary>
    private static async Task<(string Head, byte[] Body)> ReadHeadAsync(Stream connection, CancellationToken ct)
    {
        var buffer = new byte[MaxHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await connection.ReadAsync(buffer.AsMemory(length), ct);
            if (read == 0) throw new IOException("the server closed the connection before it answered the upgrade request");
            var searched = Math.Max(0, length - 3);
            length += read;
            var end = buffer.AsSpan(searched, length - searched).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            end += searched;
            return (Encoding.Latin1.GetString(buffer, 0, end), buffer[(end + 4)..length]);
        }
        throw new IOException($"the server's answer to the upgrade request has a head of over {MaxHead} bytes");
    }
}
