using Microsoft.AspNetCore.Http;
using Sampan.Api.Selectors;

namespace Sampan.ApiServer.Http;

/// <summary>Reads a <see cref="RequestInfo"/> from a request's method, path and query.</summary>
internal static class RequestInfoResolver
{
    private static readonly HashSet<string> NamespaceSubresources = ["status", "finalize"];

    public static RequestInfo Resolve(HttpRequest request) =>
        Resolve(request.Method, request.Path.Value ?? "/", request.Query);

    public static RequestInfo Resolve(string method, string path, IQueryCollection query)
    {
        var other = new RequestInfo { Path = path, Verb = method.ToLowerInvariant() };
        // An empty step between two slashes counts: it names nothing.
        var parts = path.Trim('/').Split('/');
        if (parts.Length < 3 || parts[0] is not ("api" or "apis") || (parts[0] == "apis" && parts.Length < 4))
        {
            return other with { ApiPrefix = parts.Length > 0 && parts[0] is "api" or "apis" ? parts[0] : "" };
        }
        var grouped = parts[0] == "apis";
        var info = other with
        {
            IsResourceRequest = true,
            ApiPrefix = parts[0],
            ApiGroup = grouped ? parts[1] : "",
            ApiVersion = grouped ? parts[2] : parts[1],
            Verb = VerbOf(method),
        };
        return Resource(info, parts.AsSpan(grouped ? 3 : 2), query);
    }

    private static RequestInfo Resource(RequestInfo info, ReadOnlySpan<string> rest, IQueryCollection query)
    {
        // The old form /api/v1/watch/namespaces/… names the verb in the path.
        if (rest[0] is "watch" or "proxy" && rest.Length > 1)
        {
            info = info with { Verb = rest[0] };
            rest = rest[1..];
        }
        if (rest[0] == "namespaces")
        {
            if (rest.Length > 1)
            {
                info = info with { Namespace = rest[1] };
                // namespaces/web/pods addresses pods; namespaces/web/finalize addresses the namespace itself.
                if (rest.Length > 2 && !NamespaceSubresources.Contains(rest[2]))
                {
                    rest = rest[2..];
                }
            }
        }
        info = info with
        {
            Parts = rest.ToArray(),
            Resource = rest[0],
            Name = rest.Length > 1 ? rest[1] : "",
            Subresource = rest.Length > 2 ? rest[2] : "",
        };
        return Collection(info, query);
    }

    /// <summary>Without a name it is about many objects. The old watch paths keep their verb and are authorized without their selectors.</summary>
    private static RequestInfo Collection(RequestInfo info, IQueryCollection query)
    {
        if (info.Name.Length > 0)
        {
            return info;
        }
        return info.Verb switch
        {
            "get" => Selected(info with { Verb = query.Flag("watch") == true ? "watch" : "list", Name = NameIn(query.Text("fieldSelector")) }, query),
            "delete" => Selected(info with { Verb = "deletecollection" }, query),
            _ => info,
        };
    }

    private static RequestInfo Selected(RequestInfo info, IQueryCollection query) =>
        info with { FieldSelector = query.Text("fieldSelector"), LabelSelector = query.Text("labelSelector") };

    /// <summary>A list of one name, metadata.name=x, is authorized as that name; a selector that cannot be read names nothing.</summary>
    private static string NameIn(string fieldSelector)
    {
        if (!fieldSelector.Contains("metadata.name", StringComparison.Ordinal))
        {
            return "";
        }
        try
        {
            var name = FieldSelector.Parse(fieldSelector).RequiresExactMatch("metadata.name") ?? "";
            return name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '%') < 0 ? name : "";
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static string VerbOf(string method) => method.ToUpperInvariant() switch
    {
        "POST" => "create",
        "GET" or "HEAD" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    };
}
