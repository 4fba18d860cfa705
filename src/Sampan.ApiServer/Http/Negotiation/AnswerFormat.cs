using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Sampan.Api;

namespace Sampan.ApiServer.Http.Negotiation;

/// <summary>The form of an answer, from the Accept header, ?pretty and the user agent.</summary>
internal readonly record struct AnswerFormat(WireFormat Format, ObjectView View, string ViewVersion, bool Pretty)
{
    public static AnswerFormat Json { get; } = new(WireFormat.Json, ObjectView.None, "", false);

    public string ContentType => Format switch
    {
        WireFormat.Yaml => MediaTypes.Yaml,
        WireFormat.Protobuf => MediaTypes.Protobuf,
        _ => MediaTypes.Json,
    };

    /// <summary>The best form that both sides know; a Status 406 when there is none.</summary>
    public static AnswerFormat Of(HttpRequest request, bool viewsAllowed = true)
    {
        var accept = request.Headers.Accept;
        var pretty = IsPretty(request);
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is MediaTypes.Json or "*/*" or ""))
        {
            return Json with { Pretty = pretty };
        }
        foreach (var clause in AcceptClause.Parse(accept))
        {
            if (Match(clause, viewsAllowed) is { } format)
            {
                return format with { Pretty = pretty && format.Format == WireFormat.Json };
            }
        }
        throw StatusException.NotAcceptable(MediaTypes.Accepted);
    }

    /// <summary>Like <see cref="Of"/>, but JSON instead of a refusal: for answers that are failures themselves.</summary>
    public static AnswerFormat ForError(HttpRequest request)
    {
        try
        {
            return Of(request) with { View = ObjectView.None };
        }
        catch (StatusException)
        {
            return Json;
        }
    }

    private static AnswerFormat? Match(AcceptClause clause, bool viewsAllowed)
    {
        WireFormat? format = clause.MediaType switch
        {
            MediaTypes.Json or "*/*" or "application/*" => WireFormat.Json,
            MediaTypes.Yaml => WireFormat.Yaml,
            MediaTypes.Protobuf => WireFormat.Protobuf,
            _ => null,
        };
        if (format is null)
        {
            return null;
        }
        var (view, version) = (ObjectView.None, "");
        if (clause.Parameters.TryGetValue("as", out var kind))
        {
            var group = clause.Parameters.GetValueOrDefault("g", "");
            version = clause.Parameters.GetValueOrDefault("v", "");
            if (!viewsAllowed || group != "meta.k8s.io" || version is not ("v1" or "v1beta1") || ViewOf(kind) is not { } wanted)
            {
                return null;
            }
            view = wanted;
        }
        return new AnswerFormat(format.Value, view, version, false);
    }

    private static ObjectView? ViewOf(string kind) => kind switch
    {
        "Table" => ObjectView.Table,
        "PartialObjectMetadata" or "PartialObjectMetadataList" => ObjectView.PartialMetadata,
        _ => null,
    };

    private static bool IsPretty(HttpRequest request)
    {
        var asked = request.Query["pretty"];
        if (asked != StringValues.Empty)
        {
            return asked.ToString() is not ("false" or "0" or "f" or "F" or "False" or "FALSE");
        }
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal)
            || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }
}
