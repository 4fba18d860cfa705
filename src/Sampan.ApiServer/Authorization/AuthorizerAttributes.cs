using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Authorization;

/// <summary>What an authorizer decides about: a user, a verb, and either a resource or a path.</summary>
internal sealed record AuthorizerAttributes
{
    public required UserInfo User { get; init; }

    public required string Verb { get; init; }

    public bool IsResourceRequest { get; init; }

    /// <summary>Empty for cluster scope and for "all namespaces".</summary>
    public string Namespace { get; init; } = "";

    public string ApiGroup { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The URL's path, for a request that is not of a resource.</summary>
    public string Path { get; init; } = "";

    /// <summary>As the request states it, such as <c>spec.nodeName=worker-1</c>.</summary>
    public string FieldSelector { get; init; } = "";

    /// <summary>As the request states it.</summary>
    public string LabelSelector { get; init; } = "";

    /// <summary><c>resource</c> or <c>resource/subresource</c>, as roles name it.</summary>
    public string CombinedResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    public bool IsReadOnly => Verb is "get" or "list" or "watch";

    /// <summary>True when the field selector demands that the field has the value.</summary>
    public bool Selects(string field, string value) =>
        FieldSelector.Split(',').Any(part => part == $"{field}={value}" || part == $"{field}=={value}");

    /// <summary>What a request wants, for the user.</summary>
    public static AuthorizerAttributes Of(UserInfo user, RequestInfo request) => new()
    {
        User = user,
        Verb = request.Verb,
        IsResourceRequest = request.IsResourceRequest,
        Namespace = request.Namespace,
        ApiGroup = request.ApiGroup,
        ApiVersion = request.ApiVersion,
        Resource = request.Resource,
        Subresource = request.Subresource,
        Name = request.Name,
        Path = request.Path,
        FieldSelector = request.FieldSelector,
        LabelSelector = request.LabelSelector,
    };

    /// <summary>A question about a resource.</summary>
    public static AuthorizerAttributes ForResource(
        UserInfo user, string verb, string group, string resource, string ns = "", string name = "", string subresource = "") =>
        new()
        {
            User = user,
            Verb = verb,
            IsResourceRequest = true,
            ApiGroup = group,
            ApiVersion = "*",
            Resource = resource,
            Namespace = ns,
            Name = name,
            Subresource = subresource,
        };

    /// <summary>A question about a path such as <c>/healthz</c>.</summary>
    public static AuthorizerAttributes ForPath(UserInfo user, string verb, string path) =>
        new() { User = user, Verb = verb, Path = path };
}
