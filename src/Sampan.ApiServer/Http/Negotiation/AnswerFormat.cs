using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Client.Http;

namespace Sampan.ApiServer.Http.Negotiation;

/// <summary>The form of an answer, from the Accept header, ?pretty and the user agent.</summary>
internal readonly record struct AnswerFormat(WireFormat Format, ObjectView View, string ViewVersion, bool Pretty)
{
    /// <summary>The parameters that ask for another view of an object; one of them alone asks for one that there is not.</summary>
    private static readonly string[] Views = ["as", "g", "v"];

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
                return format with { Pretty = (pretty || format.Pretty) && format.Format == WireFormat.Json };
            }
        }
        throw StatusException.NotAcceptable(MediaTypes.Accepted);
    }

    /// <summary>An object has no form of a list.</summary>
    public AnswerFormat ForObject(KindInfo kind) => View != ObjectView.PartialMetadataList
        ? this
        : throw StatusException.NotAcceptable(
            $"you requested PartialObjectMetadataList, but the requested object is not a list ({GoType(kind, kind.Kind)})");

    /// <summary>A list has no form of a single object.</summary>
    public AnswerFormat ForList(KindInfo kind) => View != ObjectView.PartialMetadata
        ? this
        : throw StatusException.NotAcceptable(
            $"you requested PartialObjectMetadata, but the requested object is a list ({GoType(kind, kind.ListKind)})");

    /// <summary>The form of a watch's events, which come in fewer forms than objects.</summary>
    public static AnswerFormat OfWatch(HttpRequest request)
    {
        var format = Of(request);
        return format.Format != WireFormat.Yaml ? format : throw StatusException.NotAcceptable(MediaTypes.AcceptedWatches);
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

    /// <summary>Upstream names its own internal type, whose package is called as the group begins.</summary>
    public static string GoType(KindInfo kind, string name) =>
        $"*{(kind.Group is "" or "events.k8s.io" ? "core" : kind.Group.Split('.')[0])}.{name}";

    private static AnswerFormat? Match(AcceptClause clause, bool viewsAllowed)
    {
        WireFormat? format = clause.MediaType switch
        {
            MediaTypes.Json or "*/*" or "application/*" => WireFormat.Json,
            MediaTypes.Yaml => WireFormat.Yaml,
            MediaTypes.Protobuf => WireFormat.Protobuf,
            _ => null,
        };
        if (format is null || IsForeignStream(clause, format.Value))
        {
            return null;
        }
        var (view, version) = (ObjectView.None, "");
        if (Views.Any(clause.Parameters.ContainsKey))
        {
            var kind = clause.Parameters.GetValueOrDefault("as", "");
            var group = clause.Parameters.GetValueOrDefault("g", "");
            version = clause.Parameters.GetValueOrDefault("v", "");
            if (!viewsAllowed || group != "meta.k8s.io" || version is not ("v1" or "v1beta1") || ViewOf(kind) is not { } wanted)
            {
                return null;
            }
            view = wanted;
        }
        // Tables have no protobuf form.
        return view == ObjectView.Table && format == WireFormat.Protobuf
            ? null
            : new AnswerFormat(format.Value, view, version, clause.Parameters.GetValueOrDefault("pretty") == "1");
    }

    private static bool IsForeignStream(AcceptClause clause, WireFormat format) =>
        clause.Parameters.TryGetValue("stream", out var stream) && stream.Length > 0 && (stream != "watch" || format == WireFormat.Yaml);

    private static ObjectView? ViewOf(string kind) => kind switch
    {
        "Table" => ObjectView.Table,
        "PartialObjectMetadata" => ObjectView.PartialMetadata,
        "PartialObjectMetadataList" => ObjectView.PartialMetadataList,
        _ => null,
    };

    private static bool IsPretty(HttpRequest request)
    {
        var asked = request.Query.Text("pretty");
        if (asked.Length > 0)
        {
            return GoText.ParseBool(asked) == true;
        }
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal)
            || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }
}
