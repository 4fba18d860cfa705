using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization.Bootstrap;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Authorization.Node;

/// <summary>
/// Allows a kubelet what its node's pods need: their secrets, config maps, claims and tokens, its own Node, lease and CSINode;
/// for everything else the rules of <c>system:node</c> hold. Upstream: plugin/pkg/auth/authorizer/node.
/// </summary>
internal sealed class NodeAuthorizer(NodeGraph graph) : IAuthorizer
{
    public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(UserNames.NodeName(attributes.User) is { } node ? Authorize(node, attributes) : Decision.NoOpinion());

    private Decision Authorize(string node, AuthorizerAttributes request) => (request.ApiGroup, request.Resource) switch
    {
        _ when !request.IsResourceRequest => ByRules(request),
        ("", "secrets") => Read(node, request, graph.HasSecret),
        ("", "configmaps") => Read(node, request, graph.HasConfigMap),
        ("", "persistentvolumeclaims") when request.Subresource == "status" => UpdateClaimStatus(node, request),
        ("", "persistentvolumeclaims") => Get(node, request, graph.HasClaim),
        ("", "persistentvolumes") => Get(node, request, (n, _, name) => graph.HasVolume(n, name)),
        ("", "serviceaccounts") => CreateToken(node, request),
        ("", "nodes") => OwnNode(node, request),
        ("", "pods") => OwnPods(node, request),
        ("resource.k8s.io", "resourceclaims") => Get(node, request, graph.HasResourceClaim),
        ("resource.k8s.io", "resourceslices") => ResourceSlices(node, request),
        ("storage.k8s.io", "volumeattachments") => Get(node, request, (n, _, name) => graph.HasVolumeAttachment(n, name)),
        ("storage.k8s.io", "csinodes") => CsiNode(node, request),
        ("coordination.k8s.io", "leases") => Lease(node, request),
        _ => ByRules(request),
    };

    private static Decision ByRules(AuthorizerAttributes request) =>
        BootstrapClusterRoles.NodeRules.Any(r => r.Allows(request)) ? Decision.Allow() : Decision.NoOpinion();

    private static Decision Read(string node, AuthorizerAttributes request, Func<string, string, string, bool> isRelated)
    {
        if (!request.IsReadOnly)
            return Decision.NoOpinion("can only read resources of this type");
        if (request.Subresource.Length > 0)
            return Decision.NoOpinion("cannot read subresource");
        if (request.Namespace.Length == 0)
            return Decision.NoOpinion("can only read namespaced object of this type");
        return Related(node, request, isRelated);
    }

    private static Decision Get(string node, AuthorizerAttributes request, Func<string, string, string, bool> isRelated)
    {
        if (request.Verb != "get")
            return Decision.NoOpinion("can only get individual resources of this type");
        return request.Subresource.Length > 0 ? Decision.NoOpinion("cannot get subresource") : Related(node, request, isRelated);
    }

    private Decision UpdateClaimStatus(string node, AuthorizerAttributes request) => request.Verb is "update" or "patch"
        ? Related(node, request, graph.HasClaim)
        : Decision.NoOpinion("can only get/update/patch this type");

    private Decision CreateToken(string node, AuthorizerAttributes request)
    {
        // Image credential providers of the kubelet read the service accounts of its pods.
        if (request.Verb == "get" && request.Subresource.Length == 0)
            return Related(node, request, graph.HasServiceAccount);
        if (request.Verb != "create" || request.Name.Length == 0)
            return Decision.NoOpinion("can only create tokens for individual service accounts");
        return request.Subresource == "token"
            ? Related(node, request, graph.HasServiceAccount)
            : Decision.NoOpinion("can only create token subresource of serviceaccount");
    }

    private static Decision Related(string node, AuthorizerAttributes request, Func<string, string, string, bool> isRelated)
    {
        if (request.Name.Length == 0)
            return Decision.NoOpinion("No Object name found");
        return isRelated(node, request.Namespace, request.Name)
            ? Decision.Allow()
            : Decision.NoOpinion($"no relationship found between node '{node}' and this object");
    }

    private static Decision OwnNode(string node, AuthorizerAttributes request) => (request.Subresource, request.Verb) switch
    {
        // Admission keeps a kubelet from writing another node.
        ("", "create" or "update" or "patch") or ("status", "update" or "patch") => Decision.Allow(),
        ("", "get" or "list" or "watch") when request.Name == node || request.Selects("metadata.name", node) => Decision.Allow(),
        ("", "get" or "list" or "watch") when request.Name.Length == 0 =>
            Decision.NoOpinion($"node '{node}' cannot read all nodes, only its own Node object"),
        ("", "get" or "list" or "watch") => Decision.NoOpinion($"node '{node}' cannot read '{request.Name}', only its own Node object"),
        _ => Decision.NoOpinion(),
    };

    private Decision OwnPods(string node, AuthorizerAttributes request) => (request.Subresource, request.Verb) switch
    {
        ("", "get") => Related(node, request, graph.HasPod),
        ("", "list" or "watch") => request.Selects("spec.nodeName", node)
            ? Decision.Allow()
            : Decision.NoOpinion("can only list/watch pods with spec.nodeName field selector"),
        // Admission keeps a kubelet from touching the pods of another node.
        ("", "create" or "delete") or ("status", "update" or "patch") or ("eviction", "create") => Decision.Allow(),
        _ => Decision.NoOpinion(),
    };

    private static Decision Lease(string node, AuthorizerAttributes request)
    {
        if (request.Verb is not ("get" or "create" or "update" or "patch" or "delete"))
            return Decision.NoOpinion("can only get, create, update, patch, or delete a node lease");
        if (request.Namespace != "kube-node-lease")
            return Decision.NoOpinion("can only access leases in the \"kube-node-lease\" system namespace");
        return request.Verb == "create" || request.Name == node
            ? Decision.Allow()
            : Decision.NoOpinion("can only access node lease with the same name as the requesting node");
    }

    private static Decision CsiNode(string node, AuthorizerAttributes request)
    {
        if (request.Verb is not ("get" or "create" or "update" or "patch" or "delete"))
            return Decision.NoOpinion("can only get, create, update, patch, or delete a CSINode");
        if (request.Subresource.Length > 0)
            return Decision.NoOpinion("cannot authorize CSINode subresources");
        return request.Verb == "create" || request.Name == node
            ? Decision.Allow()
            : Decision.NoOpinion("can only access CSINode with the same name as the requesting node");
    }

    /// <summary>A driver's slices name their node at creation, which admission checks; after that the selector limits the rest.</summary>
    private Decision ResourceSlices(string node, AuthorizerAttributes request) => request.Verb switch
    {
        _ when request.Subresource.Length > 0 => Decision.NoOpinion("cannot authorize ResourceSlice subresources"),
        "create" => Decision.Allow(),
        "list" or "watch" or "deletecollection" => request.Selects("spec.nodeName", node)
            ? Decision.Allow()
            : Decision.NoOpinion("can only list/watch/deletecollection resourceslices with spec.nodeName field selector"),
        _ => Related(node, request, (n, _, name) => graph.HasResourceSlice(n, name)),
    };
}
