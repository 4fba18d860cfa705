using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Sampan.Client.Http;

namespace Sampan.Client.Metrics;

/// <summary>
/// What a component tells of itself to who debugs it: /statusz, since when it runs, and /flagz, with which flags. Text for people; an
/// object for who asks for it with its whole name, since a form without a version could not change.
/// <code>
/// Accept: application/json;v=v1beta1;g=config.k8s.io;as=Statusz
/// </code>
/// </summary>
/// <param name="component">kube-scheduler</param>
/// <param name="flags">Its flags and their values, by their names without dashes.</param>
/// <param name="paths">The paths that it serves; /statusz names the first part of each.</param>
/// <remarks>Upstream: staging/src/k8s.io/apiserver/pkg/server/{statusz,flagz}.</remarks>
public sealed class DebugPages(string component, IReadOnlyDictionary<string, string> flags, Func<IEnumerable<string>> paths, TimeProvider time)
{
    private const string Group = "config.k8s.io";
    private const string Text = "text/plain";
    private const string Warning =
        "Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.";

    /// <summary>Clients look for these by their group's paths, nobody by reading about them here.</summary>
    private static readonly string[] Unlisted = ["/api", "/apis", "/openapi", "/openid", "/.well-known"];

    private readonly DateTimeOffset _started = time.GetUtcNow();

    private TimeSpan Up => time.GetUtcNow() - _started;

    /// <summary>Thu Jan  1 00:00:00 UTC 1970</summary>
    private string Started => string.Create(CultureInfo.InvariantCulture, $"{_started:ddd MMM} {_started.Day,2} {_started:HH:mm:ss} UTC {_started:yyyy}");

    private IEnumerable<KeyValuePair<string, string>> Flags => flags.OrderBy(flag => flag.Key, StringComparer.Ordinal);

    private IEnumerable<string> Paths => paths()
        .Select(path => path.Split('/') is [_, { Length: > 0 } first, ..] ? $"/{first}" : "")
        .Where(path => path.Length > 0 && !Unlisted.Contains(path)).Distinct().Order(StringComparer.Ordinal);

    public Task StatuszAsync(HttpContext context) => AnswerAsync(context, "Statusz", StatuszText, document =>
    {
        document["startTime"] = new Time(_started).ToString();
        document["uptimeSeconds"] = (long)Up.TotalSeconds;
        document["goVersion"] = RuntimeInformation.FrameworkDescription;
        document["binaryVersion"] = KubernetesVersion.Binary;
        document["emulationVersion"] = KubernetesVersion.Emulation;
        document["paths"] = new JsonArray([.. Paths.Select(path => (JsonNode?)path)]);
    });

    public Task FlagzAsync(HttpContext context) => AnswerAsync(context, "Flagz", FlagzText, document =>
        document["flags"] = new JsonObject(Flags.Select(flag => KeyValuePair.Create(flag.Key, (JsonNode?)flag.Value))));

    private string StatuszText() => $"""

        Started: {Started}
        Up: {(long)Up.TotalHours} hr {Up.Minutes:00} min {Up.Seconds:00} sec
        Go version: {RuntimeInformation.FrameworkDescription}
        Binary version: {KubernetesVersion.Binary}
        Emulation version: {KubernetesVersion.Emulation}
        Paths: {string.Join(' ', Paths)}

        """;

    private string FlagzText() => string.Concat(Flags.Select(flag => $"{flag.Key}={flag.Value}\n"));

    private Task AnswerAsync(HttpContext context, string kind, Func<string> text, Action<JsonObject> fill)
    {
        var (mediaType, version) = Wanted(context.Request.Headers.Accept, kind);
        if (mediaType == Text) return WriteAsync(context, $"{Text}; charset=utf-8", $"\n{component} {kind.ToLowerInvariant()}\n{Warning}\n{text()}");
        if (version is null) return RefuseAsync(context);
        var document = new JsonObject { ["kind"] = kind, ["apiVersion"] = $"{Group}/{version}", ["metadata"] = new JsonObject { ["name"] = component } };
        fill(document);
        return WriteAsync(context, mediaType, mediaType == MediaTypes.Yaml ? YamlTree.Format(document) : document.ToJsonString());
    }

    /// <returns>The best form that there is, with its version unless it is text; no version and no text: there is none.</returns>
    private static (string MediaType, string? Version) Wanted(StringValues accept, string kind)
    {
        if (string.IsNullOrWhiteSpace(accept)) return (Text, null);
        foreach (var clause in AcceptClause.Parse(accept))
        {
            if (clause.MediaType is Text or "text/*" or "*/*") return (Text, null);
            if (clause.MediaType is MediaTypes.Json or MediaTypes.Yaml && VersionOf(clause.Parameters, kind) is { } version) return (clause.MediaType, version);
        }
        return ("", null);
    }

    private static string? VersionOf(IReadOnlyDictionary<string, string> asked, string kind) =>
        asked.GetValueOrDefault("as") == kind && asked.GetValueOrDefault("g") == Group && asked.GetValueOrDefault("v") is "v1alpha1" or "v1beta1" ? asked["v"] : null;

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status406NotAcceptable;
        var refusal = StatusException.NotAcceptable([MediaTypes.Json, MediaTypes.Yaml, Text]);
        return WriteAsync(context, MediaTypes.Json, Encoding.UTF8.GetString(JsonCodec.Encode(refusal.Status)));
    }

    private static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }
}
