using Sampan.Api.Rbac.V1;
using static Sampan.ApiServer.Authorization.Bootstrap.Policy;

namespace Sampan.ApiServer.Authorization.Bootstrap;

/// <summary>What namespace users may do: the parts of which admin, edit and view are made.</summary>
internal static class UserRoles
{
    private const string Streams = "pods/attach pods/proxy pods/exec pods/portforward";

    public static IReadOnlyList<ClusterRole> All { get; } =
    [
        PartOf(
            "admin",
            Rule("create", "authorization.k8s.io", "localsubjectaccessreviews"),
            Rule(ReadWrite, "rbac.authorization.k8s.io", "roles rolebindings")),
        PartOf(
            "edit",
            Rule(Read, "core", $"{Streams} secrets services/proxy"),
            Rule("impersonate", "core", "serviceaccounts"),
            Rule(Write, "core", $"pods {Streams}"),
            Rule("create", "core", "pods/eviction"),
            Rule(
                Write, "core",
                "replicationcontrollers replicationcontrollers/scale serviceaccounts services services/proxy persistentvolumeclaims configmaps secrets events"),
            Rule("create", "core", "serviceaccounts/token"),
            Rule(
                Write, "apps",
                "statefulsets statefulsets/scale daemonsets deployments deployments/scale deployments/rollback replicasets replicasets/scale"),
            Rule(Write, "autoscaling", "horizontalpodautoscalers"),
            Rule(Write, "batch", "jobs cronjobs"),
            Rule(
                Write, "extensions",
                "daemonsets deployments deployments/scale deployments/rollback ingresses replicasets replicasets/scale replicationcontrollers/scale networkpolicies"),
            Rule(Write, "policy", "poddisruptionbudgets"),
            Rule(Write, "networking.k8s.io", "networkpolicies ingresses"),
            Rule(ReadWrite, "coordination.k8s.io", "leases"),
            Rule(Write, "resource.k8s.io", "resourceclaims resourceclaimtemplates"),
            Rule("update patch", "core", "pods/resize")),
        PartOf(
            "view",
            Rule(
                Read, "core",
                "pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status endpoints persistentvolumeclaims persistentvolumeclaims/status configmaps"),
            Rule(
                Read, "core",
                "limitranges resourcequotas bindings events pods/status resourcequotas/status namespaces/status replicationcontrollers/status pods/log"),
            Rule(Read, "core", "namespaces"),
            Rule(Read, "discovery.k8s.io", "endpointslices"),
            Rule(
                Read, "apps",
                "controllerrevisions statefulsets statefulsets/status statefulsets/scale daemonsets daemonsets/status deployments deployments/status deployments/scale replicasets replicasets/status replicasets/scale"),
            Rule(Read, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
            Rule(Read, "batch", "jobs cronjobs cronjobs/status jobs/status"),
            Rule(
                Read, "extensions",
                "daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status replicasets replicasets/scale replicasets/status replicationcontrollers/scale networkpolicies"),
            Rule(Read, "policy", "poddisruptionbudgets poddisruptionbudgets/status"),
            Rule(Read, "networking.k8s.io", "networkpolicies ingresses ingresses/status"),
            Rule(Read, "resource.k8s.io", "resourceclaims resourceclaims/status resourceclaimtemplates")),
    ];
}
