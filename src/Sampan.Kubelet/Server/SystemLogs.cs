using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sampan.Kubelet.Server;

/// <summary>Shows the machine's own logs, as files and lists of files.</summary>
internal sealed class SystemLogs(string root)
{
    /// <param name="path">The parts below <c>/logs</c>.</param>
    public Task HandleAsync(HttpContext context, IReadOnlyList<string> path)
    {
        if (path.Any(part => part is "." or ".." || part.Contains('/', StringComparison.Ordinal)))
        {
            throw new HttpFailure(StatusCodes.Status400BadRequest, "invalid URL path");
        }

        var target = Path.Combine([root, .. path]);
        return Directory.Exists(target) ? ListAsync(context, target)
            : File.Exists(target) ? SendAsync(context, target)
            : throw new HttpFailure(StatusCodes.Status404NotFound, "404 page not found");
    }

    private static Task ListAsync(HttpContext context, string directory)
    {
        var names = Directory.EnumerateFileSystemEntries(directory).Order(StringComparer.Ordinal).Select(p => Path.GetFileName(p) + (Directory.Exists(p) ? "/" : ""));
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<pre>\n{string.Concat(names.Select(n => $"<a href=\"{Uri.EscapeDataString(n).Replace("%2F", "/", StringComparison.Ordinal)}\">{WebUtility.HtmlEncode(n)}</a>\n"))}</pre>\n");
    }

    private static async Task SendAsync(HttpContext context, string file)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
