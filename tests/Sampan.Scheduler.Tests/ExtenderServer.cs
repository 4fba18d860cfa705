using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Sampan.Scheduler.Tests;

/// <summary>An extender's process, inside the test: answers POSTs at /scheduler/VERB.</summary>
internal sealed class ExtenderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Verb, JsonObject Body)> _requests = new();

    private ExtenderServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Url => _app.Urls.First() + "/scheduler";

    /// <summary>What is answered to a verb; null: 500.</summary>
    public Func<string, JsonObject, JsonNode?> Answer { get; set; } = (_, _) => null;

    public IReadOnlyList<(string Verb, JsonObject Body)> Requests => [.. _requests];

    public static async Task<ExtenderServer> StartAsync()
    {
        var server = new ExtenderServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var verb = http.Request.Path.Value!["/scheduler/".Length..];
        var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        _requests.Enqueue((verb, body));
        if (Answer(verb, body) is { } answer) await http.Response.WriteAsync(answer.ToJsonString());
        else http.Response.StatusCode = 500;
    }
}
