using Sampan.Api.Rbac.V1;
using static Sampan.ApiServer.Authorization.Bootstrap.Policy;

namespace Sampan.ApiServer.Authorization.Bootstrap;

/// <summary>The default cluster roles, without those of the controllers.</summary>
internal static class BootstrapClusterRoles
{
    private const string Auth = "authentication.k8s.io";
    private const string Authz = "authorization.k8s.io";
    private const string Certificates = "certificates.k8s.io";
    private const string Dra = "resource.k8s.io";
    private const string Storage = "storage.k8s.io";

    /// <summary>What every kubelet may do; the node authorizer narrows it to the node's own objects.</summary>
    public static IReadOnlyList<PolicyRule> NodeRules { get; } =
    [
        Rule("create", Auth, "tokenreviews"),
        Rule("create", Authz, "subjectaccessreviews localsubjectaccessreviews"),
        Rule(Read, "core", "services"),
        Rule("create get list watch", "core", "nodes"),
        Rule("update patch", "core", "nodes/status"),
        Rule("update patch", "core", "nodes"),
        Rule("create update patch", "core", "events"),
        Rule(Read, "core", "pods"),
        Rule("create delete", "core", "pods"),
        Rule("update patch", "core", "pods/status"),
        Rule("create", "core", "pods/eviction"),
        Rule(Read, "core", "secrets configmaps"),
        Rule("get", "core", "persistentvolumeclaims persistentvolumes"),
        Rule("get", "core", "endpoints"),
        Rule("create get list watch", Certificates, "certificatesigningrequests"),
        Rule("get create update patch delete", "coordination.k8s.io", "leases"),
        Rule("get", Storage, "volumeattachments"),
        Rule("create", "core", "serviceaccounts/token"),
        Rule("get update patch", "core", "persistentvolumeclaims/status"),
        Rule(Read, Storage, "csidrivers"),
        Rule("get create update patch delete", Storage, "csinodes"),
        Rule(Read, "node.k8s.io", "runtimeclasses"),
        Rule("get", Dra, "resourceclaims"),
        Rule("deletecollection", Dra, "resourceslices"),
        Rule("get", "core", "serviceaccounts"),
    ];

    public static IReadOnlyList<ClusterRole> All { get; } =
    [
        ClusterRole("cluster-admin", Rule("*", "*", "*"), Urls("*", "*")),
        ClusterRole(
            "system:discovery",
            Urls("get", "/livez /readyz /healthz /version /version/ /openapi /openapi/* /api /api/* /apis /apis/*")),
        ClusterRole(
            "system:monitoring", Urls("get", "/metrics /metrics/slis /livez /readyz /healthz /livez/* /readyz/* /healthz/*"),
            Urls("get", "/flagz"), Urls("get", "/statusz")),
        ClusterRole(
            "system:basic-user",
            Rule("create", Authz, "selfsubjectaccessreviews selfsubjectrulesreviews"),
            Rule("create", Auth, "selfsubjectreviews")),
        ClusterRole("system:public-info-viewer", Urls("get", "/livez /readyz /healthz /version /version/")),
        Aggregated("admin"),
        Aggregated("edit", aggregateTo: "admin"),
        Aggregated("view", aggregateTo: "edit"),
        .. UserRoles.All,
        ClusterRole(
            "system:heapster",
            Rule(Read, "core", "events pods nodes namespaces"),
            Rule(Read, "extensions", "deployments")),
        ClusterRole("system:node", [.. NodeRules]),
        ClusterRole("system:node-problem-detector", Rule("get", "core", "nodes"), Rule("patch", "core", "nodes/status"), Events()),
        ClusterRole(
            "system:kubelet-api-admin",
            Rule(Read, "core", "nodes"),
            Rule("proxy", "core", "nodes"),
            Rule("*", "core", "nodes/proxy nodes/metrics nodes/stats nodes/log"),
            Rule("*", "core", "nodes/configz nodes/healthz nodes/pods")),
        ClusterRole("system:node-bootstrapper", Rule("create get list watch", Certificates, "certificatesigningrequests")),
        ClusterRole(
            "system:auth-delegator", Rule("create", Auth, "tokenreviews"), Rule("create", Authz, "subjectaccessreviews")),
        ClusterRole("system:kube-aggregator", Rule(Read, "core", "services endpoints")),
        ClusterRole(
            "system:kube-controller-manager",
            Events(),
            Rule("create", "coordination.k8s.io", "leases"),
            Rule("get update", "coordination.k8s.io", "leases", "kube-controller-manager"),
            Rule("create", "core", "secrets serviceaccounts"),
            Rule("delete", "core", "secrets"),
            Rule("get", "core", "namespaces secrets serviceaccounts configmaps"),
            Rule("update", "core", "secrets serviceaccounts"),
            Rule("create", Auth, "tokenreviews"),
            Rule("create", Authz, "subjectaccessreviews"),
            Rule("list watch", "*", "*"),
            Rule("create", "core", "serviceaccounts/token")),
        ClusterRole("system:kube-dns", Rule("list watch", "core", "endpoints services")),
        ClusterRole(
            "system:persistent-volume-provisioner",
            Rule("get list watch create delete", "core", "persistentvolumes"),
            Rule("get list watch update", "core", "persistentvolumeclaims"),
            Rule(Read, Storage, "storageclasses"),
            Rule("watch", "core", "events"),
            Events()),
        ClusterRole(
            "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
            Rule("create", Certificates, "certificatesigningrequests/nodeclient")),
        ClusterRole(
            "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
            Rule("create", Certificates, "certificatesigningrequests/selfnodeclient")),
        ClusterRole(
            "system:volume-scheduler",
            Rule(ReadUpdate, "core", "persistentvolumes"),
            Rule(Read, Storage, "storageclasses"),
            Rule(ReadUpdate, "core", "persistentvolumeclaims")),
        Approver("legacy-unknown-approver", "kubernetes.io/legacy-unknown"),
        Approver("kubelet-serving-approver", "kubernetes.io/kubelet-serving"),
        Approver("kube-apiserver-client-approver", "kubernetes.io/kube-apiserver-client"),
        Approver("kube-apiserver-client-kubelet-approver", "kubernetes.io/kube-apiserver-client-kubelet"),
        ClusterRole(
            "system:service-account-issuer-discovery", Urls("get", "/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/")),
        ClusterRole(
            "system:node-proxier",
            Rule("list watch", "core", "services endpoints"),
            Rule(Read, "core", "nodes"),
            Events(),
            Rule("list watch", "networking.k8s.io", "servicecidrs"),
            Rule("list watch", "discovery.k8s.io", "endpointslices")),
        ClusterRole(
            "system:kube-scheduler",
            Events(),
            Rule("create", "coordination.k8s.io", "leases"),
            Rule("get update", "coordination.k8s.io", "leases", "kube-scheduler"),
            Rule(Read, "core", "nodes"),
            Rule("get list watch delete", "core", "pods"),
            Rule("create", "core", "pods/binding bindings"),
            Rule("patch update", "core", "pods/status"),
            Rule(Read, "core", "services replicationcontrollers"),
            Rule(Read, "apps extensions", "replicasets"),
            Rule(Read, "apps", "statefulsets"),
            Rule(Read, "policy", "poddisruptionbudgets"),
            Rule(Read, "core", "persistentvolumeclaims persistentvolumes"),
            Rule("create", Auth, "tokenreviews"),
            Rule("create", Authz, "subjectaccessreviews"),
            Rule(Read, Storage, "csinodes"),
            Rule(Read, Storage, "volumeattachments"),
            Rule(Read, "core", "namespaces"),
            Rule(Read, Storage, "csidrivers"),
            Rule(Read, Storage, "csistoragecapacities"),
            Rule(Read, Dra, "deviceclasses"),
            Rule(ReadUpdate, Dra, "resourceclaims"),
            Rule("create delete", Dra, "resourceclaims"),
            Rule(ReadUpdate, Dra, "resourceclaims/status"),
            Rule("update patch", Dra, "resourceclaims/binding"),
            Rule(ReadUpdate, "core", "pods/finalizers"),
            Rule(Read, Dra, "resourceslices")),
    ];

    private static ClusterRole Approver(string name, string signer) =>
        ClusterRole($"system:certificates.k8s.io:{name}", Rule("approve", Certificates, "signers", signer));
}
