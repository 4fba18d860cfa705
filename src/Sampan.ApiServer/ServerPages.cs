using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;

namespace Sampan.ApiServer;

/// <summary>
/// /statusz and /flagz: what this server is and how it was started, as text for people, or as JSON for who asks
/// <c>as=Statusz</c> or <c>as=Flagz</c> of config.k8s.io.
/// </summary>
/// <param name="flags">The flags and their values.</param>
/// <param name="paths">The paths that /statusz names.</param>
internal sealed class ServerPages(IReadOnlyDictionary<string, string> flags, Func<IEnumerable<string>> paths, TimeProvider time)
{
    private const string Group = "config.k8s.io";
    private const string Text = "text/plain; charset=utf-8";
    private const string Warning =
        "Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.";

    /// <summary>Clients look for these by their group's paths, nobody by reading about them here.</summary>
    private static readonly string[] Unlisted = ["/api", "/apis", "/openapi", "/openid", "/.well-known"];

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public Task StatusAsync(ApiRequest request) => AnswerAsync(request, "Statusz", StatusText, version => new JsonObject
    {
        ["kind"] = "Statusz",
        ["apiVersion"] = $"{Group}/{version}",
        ["metadata"] = new JsonObject { ["name"] = "apiserver" },
        ["startTime"] = new Time(_started).ToString(),
        ["uptimeSeconds"] = (long)(time.GetUtcNow() - _started).TotalSeconds,
        ["goVersion"] = RuntimeInformation.FrameworkDescription,
        ["binaryVersion"] = ServerVersion.BinaryVersion,
        ["emulationVersion"] = ServerVersion.EmulationVersion,
        ["paths"] = new JsonArray([.. Paths().Select(path => (JsonNode?)path)]),
    });

    public Task FlagsAsync(ApiRequest request) => AnswerAsync(request, "Flagz", FlagsText, version => new JsonObject
    {
        ["kind"] = "Flagz",
        ["apiVersion"] = $"{Group}/{version}",
        ["metadata"] = new JsonObject { ["name"] = "kube-apiserver" },
        ["flags"] = new JsonObject(flags.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
    });

    private static Task AnswerAsync(ApiRequest request, string kind, Func<string> text, Func<string, JsonObject> json)
    {
        var accept = request.Http.Request.Headers.Accept;
        if (accept.Count == 0)
        {
            return PlainText.WriteAsync(request.Http, StatusCodes.Status200OK, text(), Text);
        }
        foreach (var clause in AcceptClause.Parse(accept))
        {
            if (clause.MediaType is "text/plain" or "text/*" or "*/*")
            {
                return PlainText.WriteAsync(request.Http, StatusCodes.Status200OK, text(), Text);
            }
            if (clause.MediaType == MediaTypes.Json && clause.Parameters.GetValueOrDefault("as") == kind && clause.Parameters.GetValueOrDefault("g") == Group
                && clause.Parameters.GetValueOrDefault("v") is "v1alpha1" or "v1beta1")
            {
                return AnswerWriter.BytesAsync(
                    request.Http, JsonTree.Encode(json(clause.Parameters["v"])), MediaTypes.Json, StatusCodes.Status200OK).AsTask();
            }
        }
        throw StatusException.NotAcceptable([MediaTypes.Json, MediaTypes.Yaml, "text/plain"]);
    }

    private string StatusText()
    {
        var up = time.GetUtcNow() - _started;
        return new StringBuilder("\napiserver statusz\n").Append(Warning).Append("\n\n")
            .Append(CultureInfo.InvariantCulture, $"Started: {_started.UtcDateTime:ddd MMM d HH:mm:ss} UTC {_started.UtcDateTime:yyyy}\n")
            .Append(CultureInfo.InvariantCulture, $"Up: {(int)up.TotalHours} hr {up.Minutes:00} min {up.Seconds:00} sec\n")
            .Append("Go version: ").Append(RuntimeInformation.FrameworkDescription).Append('\n')
            .Append("Binary version: ").Append(ServerVersion.BinaryVersion).Append('\n')
            .Append("Emulation version: ").Append(ServerVersion.EmulationVersion).Append('\n')
            .Append("Paths: ").AppendJoin(' ', Paths()).Append('\n').ToString();
    }

    private string FlagsText()
    {
        var text = new StringBuilder("\nkube-apiserver flagz\n").Append(Warning).Append("\n\n");
        foreach (var (name, value) in flags.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }
        return text.ToString();
    }

    private IEnumerable<string> Paths() => paths()
        .Where(path => path.Count(c => c == '/') == 1 && path.Length > 1 && !Unlisted.Contains(path)).Distinct().Order(StringComparer.Ordinal);
}
