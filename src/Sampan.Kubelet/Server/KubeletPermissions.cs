namespace Sampan.Kubelet.Server;

/// <summary>
/// The parts of a node that permissions are given for. Some paths have one of their own, and nodes/proxy, which allows nearly
/// everything, serves for them too.
/// <code>
/// /metrics/resource → [metrics]      /pods → [pods proxy]      /exec/… → [proxy]
/// </code>
/// </summary>
/// <remarks>Upstream: pkg/kubelet/server/auth.go.</remarks>
internal static class KubeletPermissions
{
    private const string Proxy = "proxy";

    /// <summary>Any of them is enough.</summary>
    public static IReadOnlyList<string> Subresources(string path) => path.Split('/', 3, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() switch
    {
        "stats" => ["stats"],
        "metrics" => ["metrics"],
        "logs" => ["log"],
        "checkpoint" => ["checkpoint"],
        "statusz" => ["statusz", Proxy],
        "healthz" => ["healthz", Proxy],
        "configz" or "flagz" => ["configz", Proxy],
        "pods" or "runningpods" => ["pods", Proxy],
        _ => [Proxy],
    };

    public static string Verb(string method) => method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        "GET" => "get",
        _ => "",
    };
}
