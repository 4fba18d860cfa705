using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sampan.Client.Metrics;

/// <summary>Answers of a component's own pages as JSON.</summary>
public static class HttpJson
{
    public static Task WriteJsonAsync(this HttpContext http, JsonObject document)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(document.ToJsonString(), http.RequestAborted);
    }
}
