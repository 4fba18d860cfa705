using Microsoft.AspNetCore.Http;

namespace Sampan.Integration.Tests.Upstream;

/// <summary>What a request is about: <c>apps/v1</c>, <c>deployments/scale</c>, <c>update</c>; without a resource it asks what is served.</summary>
internal sealed record UpstreamPath(string GroupVersion, string Resource, string Verb)
{
    public string Group => GroupVersion.Contains('/', StringComparison.Ordinal) ? GroupVersion.Split('/')[0] : "";

    public static UpstreamPath Of(HttpRequest request)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (version, rest) = parts switch
        {
            ["api", var v, .. var core] => (v, core),
            ["apis", var g, var v, .. var group] => ($"{g}/{v}", group),
            _ => ("", []),
        };
        if (rest is ["namespaces", _, not ("status" or "finalize"), ..]) rest = rest[2..];
        if (rest.Length == 0) return new(version, "", "get");
        var resource = rest.Length > 2 ? $"{rest[0]}/{string.Join('/', rest[2..])}" : rest[0];
        return new(version, resource, VerbOf(request, rest.Length > 1));
    }

    private static string VerbOf(HttpRequest request, bool isNamed) => request.Method switch
    {
        "GET" when isNamed => "get",
        "GET" => request.Query["watch"] == "true" ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => isNamed ? "delete" : "deletecollection",
        _ => request.Method,
    };
}
