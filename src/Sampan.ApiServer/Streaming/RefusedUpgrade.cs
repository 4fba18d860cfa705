using Microsoft.AspNetCore.Http;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>A node's refusal of an upgrade goes to the client as it came: it says why.</summary>
internal static class RefusedUpgrade
{
    private const int MaxText = 64 * 1024;

    public static async Task ForwardAsync(UpgradeResponse refusal, HttpResponse response, CancellationToken ct)
    {
        response.StatusCode = refusal.StatusCode;
        response.ContentType = refusal.Header("Content-Type") ?? "text/plain; charset=utf-8";
        if (!int.TryParse(refusal.Header("Content-Length"), out var length) || length is < 0 or > MaxText) return;
        var text = new byte[length];
        var read = await refusal.Body.ReadAtLeastAsync(text, length, throwOnEndOfStream: false, ct);
        await response.Body.WriteAsync(text.AsMemory(0, read), ct);
    }
}
