using Microsoft.AspNetCore.Http;

namespace Sampan.Integration.Tests.Upstream;

/// <summary>What a default server of upstream's v1.36 understands. A client that needs anything else runs against Sampan's server only.</summary>
internal static class UpstreamRules
{
    /// <summary>By group version and resource, the verbs. Upstream's own discovery, without what is alpha or beta.</summary>
    private static readonly Dictionary<string, string[]> Served = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Upstream", "testdata", "resources.txt"))
        .Select(line => line.Split(' ')).ToDictionary(fields => $"{fields[0]} {fields[1]}", fields => fields[2].Split(','));

    private static readonly string[] Headers =
        ["Accept", "Accept-Encoding", "Authorization", "Connection", "Content-Length", "Content-Type", "Host", "Transfer-Encoding", "User-Agent", "traceparent"];

    private static readonly string[] ContentTypes =
        ["application/json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/json-patch+json", "application/apply-patch+yaml"];

    private static readonly string[] Accepted =
    [
        "application/json", "application/json,*/*",
        "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json",
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json",
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json",
    ];

    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["v1 pods"] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"],
        ["v1 secrets"] = ["type"],
        ["v1 nodes"] = ["spec.unschedulable"],
        ["v1 namespaces"] = ["status.phase"],
        ["certificates.k8s.io/v1 certificatesigningrequests"] = ["spec.signerName"],
    };

    private static readonly Dictionary<string, string[]> Queries = new()
    {
        ["get"] = [],
        ["list"] = ["labelSelector", "fieldSelector", "resourceVersion", "resourceVersionMatch", "limit", "continue", "timeoutSeconds"],
        ["watch"] = ["watch", "labelSelector", "fieldSelector", "resourceVersion", "timeoutSeconds", "allowWatchBookmarks"],
        ["create"] = ["dryRun", "fieldManager", "fieldValidation"],
        ["update"] = ["dryRun", "fieldManager", "fieldValidation"],
        ["patch"] = ["dryRun", "fieldManager", "fieldValidation", "force"],
        ["delete"] = [],
        ["deletecollection"] = ["labelSelector", "fieldSelector", "resourceVersion"],
    };

    /// <summary>Whether upstream's server has the resource at all; of a group that add-ons bring, that is their business.</summary>
    public static bool Serves(UpstreamPath path) => path.Resource.Length == 0
        ? path.GroupVersion.Length == 0 || Served.Keys.Any(known => known.StartsWith(path.GroupVersion + " ", StringComparison.Ordinal)) || IsForeign(path)
        : Served.ContainsKey($"{path.GroupVersion} {path.Resource}") || IsForeign(path);

    /// <summary>What upstream's server would not understand; null when all is well.</summary>
    public static string? Problem(HttpRequest request, UpstreamPath path)
    {
        if (path.Resource.Length > 0 && !Serves(path)) return IsMetrics(path) ? null : "is not served by default";
        if (path.Resource.Length > 0 && !IsForeign(path) && !Served[$"{path.GroupVersion} {path.Resource}"].Contains(path.Verb)) return $"cannot be asked to {path.Verb}";
        if (request.Headers.Keys.FirstOrDefault(name => !Headers.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } header) return $"has a header {header}";
        if (!Accepted.Contains((string?)request.Headers.Accept)) return $"accepts {request.Headers.Accept}";
        if (request.ContentType is { } type && !ContentTypes.Contains(type.Split(';')[0])) return $"sends {type}";
        if (request.ContentType?.Contains("strategic", StringComparison.Ordinal) == true && IsForeign(path)) return "sends a strategic merge patch to a custom resource";
        if (request.Query.Keys.FirstOrDefault(name => !Queries[path.Verb].Contains(name)) is { } parameter) return $"has a parameter {parameter}";
        return UnknownField(request, path) is { } field ? $"selects by {field}" : null;
    }

    private static string? UnknownField(HttpRequest request, UpstreamPath path) => ((string?)request.Query["fieldSelector"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(term => term.Split('=', '!')[0])
        .FirstOrDefault(field => field is not ("metadata.name" or "metadata.namespace") && !Fields.GetValueOrDefault($"{path.GroupVersion} {path.Resource}", []).Contains(field));

    private static bool IsForeign(UpstreamPath path) => path.Group.EndsWith(".example.com", StringComparison.Ordinal);

    private static bool IsMetrics(UpstreamPath path) => path.Group.EndsWith("metrics.k8s.io", StringComparison.Ordinal);
}
