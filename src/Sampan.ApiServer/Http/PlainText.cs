using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http;

/// <summary>Answers that are not API objects.</summary>
internal static class PlainText
{
    public static Task NotFoundAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status404NotFound, "404 page not found\n");

    public static async Task WriteAsync(HttpContext http, int code, string text, string contentType = "text/plain; charset=utf-8")
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }
}
