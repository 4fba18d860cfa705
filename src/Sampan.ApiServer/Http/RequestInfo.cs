namespace Sampan.ApiServer.Http;

/// <summary>
/// What a request's path and method say, in the terms of authorization and routing.
/// GET /apis/apps/v1/namespaces/web/deployments/nginx/status → verb get, group apps, namespace web, resource deployments,
/// name nginx, subresource status. Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go.
/// </summary>
internal sealed record RequestInfo
{
    public bool IsResourceRequest { get; init; }

    public string Path { get; init; } = "";

    /// <summary>get, list, watch, create, update, patch, delete, deletecollection; the lower-case method for other paths.</summary>
    public string Verb { get; init; } = "";

    /// <summary>"api" or "apis".</summary>
    public string ApiPrefix { get; init; } = "";

    public string ApiGroup { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The path segments from the resource on.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    public string FieldSelector { get; init; } = "";

    public string LabelSelector { get; init; } = "";

    /// <summary>What the request is about, as metrics and traces tell it: one resource, a namespace or the cluster.</summary>
    public string Scope => Name.Length > 0 || Verb == "create" ? "resource" : Namespace.Length > 0 ? "namespace" : "cluster";
}
