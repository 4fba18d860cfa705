using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sampan.Kubelet.Server;

/// <summary>
/// What the kubelet tells of itself to who debugs it: since when it runs and with which flags. Text for people; JSON for who asks
/// for it with its whole name, since a form without a version could not change.
/// <code>
/// Accept: application/json;v=v1alpha1;g=config.k8s.io;as=Statusz
/// </code>
/// </summary>
/// <remarks>Upstream: staging/src/k8s.io/apiserver/pkg/server/{statusz,flagz}.</remarks>
internal sealed class DebugPages(string version, IReadOnlyDictionary<string, string> flags, TimeProvider time)
{
    private const string Component = "kubelet";
    private const string Group = "config.k8s.io";
    private const string Text = "text/plain";

    private static readonly string[] Paths = ["/configz", "/containerLogs", "/flagz", "/healthz", "/logs", "/metrics", "/pods", "/runningpods", "/stats", "/statusz"];

    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>Thu Jan  1 00:00:00 UTC 1970</summary>
    private string Started => string.Create(CultureInfo.InvariantCulture, $"{_started:ddd MMM} {_started.Day,2} {_started:HH:mm:ss} UTC {_started:yyyy}");

    private TimeSpan Up => time.GetUtcNow() - _started;

    /// <summary>1.36.0</summary>
    private string Binary => version.TrimStart('v');

    /// <summary>1.36</summary>
    private string Emulated => string.Join('.', Binary.Split('.').Take(2));

    public Task StatuszAsync(HttpContext context) => AnswerAsync(context, "Statusz", StatuszText, document =>
    {
        document["startTime"] = _started.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        document["uptimeSeconds"] = (long)Up.TotalSeconds;
        document["goVersion"] = RuntimeInformation.FrameworkDescription;
        document["binaryVersion"] = Binary;
        document["emulationVersion"] = Emulated;
        document["paths"] = new JsonArray([.. Paths.Select(path => JsonValue.Create(path))]);
    });

    public Task FlagzAsync(HttpContext context) => AnswerAsync(context, "Flagz", FlagzText, document =>
        document["flags"] = new JsonObject(Sorted.Select(flag => KeyValuePair.Create<string, JsonNode?>(flag.Key, flag.Value))));

    private IEnumerable<KeyValuePair<string, string>> Sorted => flags.OrderBy(flag => flag.Key, StringComparer.Ordinal);

    private string StatuszText() => $"""

        Started: {Started}
        Up: {(long)Up.TotalHours} hr {Up.Minutes:00} min {Up.Seconds:00} sec
        Go version: {RuntimeInformation.FrameworkDescription}
        Binary version: {Binary}
        Emulation version: {Emulated}
        Paths: {string.Join(' ', Paths)}

        """;

    private string FlagzText() => string.Concat(Sorted.Select(flag => $"{flag.Key}={flag.Value}\n"));

    private static Task AnswerAsync(HttpContext context, string kind, Func<string> text, Action<JsonObject> fill)
    {
        switch (Wanted(context.Request.Headers.Accept.ToString(), kind))
        {
            case Text:
                context.Response.ContentType = "text/plain; charset=utf-8";
                return context.Response.WriteAsync($"\n{Component} {kind.ToLowerInvariant()}\nWarning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.\n{text()}");

            case { } apiVersion:
                var document = new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion, ["metadata"] = new JsonObject { ["name"] = Component } };
                fill(document);
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(document.ToJsonString());

            default:
                throw new HttpFailure(StatusCodes.Status406NotAcceptable, "only the following media types are accepted: application/json, text/plain");
        }
    }

    /// <returns>The first form in the list that there is: text or a version of JSON; null for none.</returns>
    private static string? Wanted(string accept, string kind) => accept.Trim().Length == 0
        ? Text
        : accept.Split(',').Select(range => FormOf(range.Split(';', StringSplitOptions.TrimEntries), kind)).FirstOrDefault(form => form is not null);

    private static string? FormOf(string[] range, string kind)
    {
        string? Parameter(string name) => range.Skip(1).FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
        return (range[0], Parameter("g"), Parameter("v"), Parameter("as")) switch
        {
            ("text/plain" or "text/*" or "*/*", null, null, null) => Text,
            ("application/json", Group, "v1alpha1" or "v1beta1", { } asked) when asked == kind => $"{Group}/{Parameter("v")}",
            _ => null,
        };
    }
}
