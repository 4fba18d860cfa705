using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sampan.Client.Streaming;

/// <summary>
/// Hands an upgrade request on to another server and, when that server switches protocols, joins the two connections:
/// what flows through them is not looked at.
/// <code>
/// client ── GET, Upgrade: SPDY/3.1 ──► us ── the same ──► target
/// client ◄── 101 ───────────────────── us ◄── 101 ─────── target
/// client ◄═════════════════ bytes both ways ════════════► target
/// </code>
/// </summary>
public static class UpgradeProxy
{
    // Headers that concern one connection, or that must not travel on (the user's credentials).
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Authorization", "Content-Length", "Transfer-Encoding", "Keep-Alive", "Proxy-Connection",
        "Impersonate-User", "Impersonate-Group", "Impersonate-Uid",
    };

    public static bool IsUpgradeRequest(HttpContext context) =>
        context.Request.Headers.Connection.ToString().Contains("upgrade", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs until the joined connection ends. A refusal by the target is answered to the client as it is.</summary>
    public static async Task RunAsync(HttpContext context, UpgradeTarget target, string pathAndQuery, CancellationToken ct)
    {
        await using var response = await UpgradeClient.SendAsync(target, context.Request.Method, pathAndQuery, Forwarded(context.Request), ct);
        context.Response.StatusCode = response.StatusCode;
        foreach (var (name, value) in response.Headers)
        {
            if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) continue;
            context.Response.Headers.Append(name, value);
        }
        if (!response.IsSwitched)
        {
            await CopyRefusalAsync(response, context.Response, ct);
            return;
        }
        await using var client = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await DuplexCopy.RunAsync(client, response.Body, ct);
    }

    private static async Task CopyRefusalAsync(UpgradeResponse refusal, HttpResponse response, CancellationToken ct)
    {
        response.Headers.Connection = "close";
        if (long.TryParse(refusal.Header("Content-Length"), out var length))
            await CopyExactlyAsync(refusal.Body, response.Body, length, ct);
    }

    private static async Task CopyExactlyAsync(Stream from, Stream to, long count, CancellationToken ct)
    {
        var buffer = new byte[8192];
        while (count > 0 && await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), ct) is var read and > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            count -= read;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Forwarded(HttpRequest request) =>
        from header in request.Headers
        where !NotForwarded.Contains(header.Key) && !header.Key.StartsWith(':')
        where !header.Key.StartsWith("Impersonate-Extra-", StringComparison.OrdinalIgnoreCase)
        from value in header.Value
        select new KeyValuePair<string, string>(header.Key, value);
}
