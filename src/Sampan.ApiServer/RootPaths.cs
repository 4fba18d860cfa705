using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;

namespace Sampan.ApiServer;

/// <summary>Answers / with the paths there are.</summary>
internal static class RootPaths
{
    public static Task WriteAsync(ApiRequest request, IEnumerable<string> paths)
    {
        var names = paths.Where(path => path != "/").Distinct().Order(StringComparer.Ordinal).Select(path => (JsonNode?)path).ToArray();
        var json = JsonTree.Encode(new JsonObject { ["paths"] = new JsonArray(names) });
        return AnswerWriter.JsonAsync(
            request.Http, AnswerFormat.ForError(request.Http.Request) with { Format = WireFormat.Json }, json).AsTask();
    }
}
