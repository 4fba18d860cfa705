using Sampan.Api.Rbac.V1;
using static Sampan.ApiServer.Authorization.Bootstrap.Policy;

namespace Sampan.ApiServer.Authorization.Bootstrap;

/// <summary>One cluster role for each controller, bound to its service account in kube-system.</summary>
internal static class ControllerRoles
{
    private const string Prefix = "system:controller:";
    private const string Workloads = "apps extensions";

    public static IReadOnlyList<ClusterRole> All { get; } =
    [
        Role(
            "attachdetach-controller",
            Rule("list watch", "core", "persistentvolumes persistentvolumeclaims"),
            Rule(Read, "core", "nodes"),
            Rule("patch update", "core", "nodes/status"),
            Rule("list watch", "core", "pods"),
            Events(),
            Rule("get create delete list watch", "storage.k8s.io", "volumeattachments"),
            Rule(Read, "storage.k8s.io", "csidrivers"),
            Rule(Read, "storage.k8s.io", "csinodes")),
        Role("clusterrole-aggregation-controller", Rule("escalate get list watch update patch", "rbac.authorization.k8s.io", "clusterroles")),
        Role(
            "cronjob-controller",
            Rule("get list watch update", "batch", "cronjobs"),
            Rule("get list watch create update delete patch", "batch", "jobs"),
            Rule("update", "batch", "cronjobs/status"),
            Rule("update", "batch", "cronjobs/finalizers"),
            Rule("list watch delete", "core", "pods"),
            Events()),
        Role(
            "daemon-set-controller",
            Rule(Read, "extensions apps", "daemonsets"),
            Rule("update", "extensions apps", "daemonsets/status"),
            Rule("update", "extensions apps", "daemonsets/finalizers"),
            Rule("list watch", "core", "nodes"),
            Rule("list watch create delete patch", "core", "pods"),
            Rule("create", "core", "pods/binding"),
            Rule("get list watch create delete update patch", "apps", "controllerrevisions"),
            Events()),
        Role(
            "deployment-controller",
            Rule("get list watch update", "extensions apps", "deployments"),
            Rule("update", "extensions apps", "deployments/status"),
            Rule("update", "extensions apps", "deployments/finalizers"),
            Rule("get list watch create update patch delete", Workloads, "replicasets"),
            Rule("get list watch update", "core", "pods"),
            Events()),
        Role(
            "disruption-controller",
            Rule(Read, "extensions apps", "deployments"),
            Rule(Read, Workloads, "replicasets"),
            Rule(Read, "core", "replicationcontrollers"),
            Rule(Read, "policy", "poddisruptionbudgets"),
            Rule(Read, "apps", "statefulsets"),
            Rule("update", "policy", "poddisruptionbudgets/status"),
            Rule("patch update", "core", "pods/status"),
            Rule("get", "*", "*/scale"),
            Events()),
        Role(
            "endpoint-controller",
            Rule(Read, "core", "services pods"),
            Rule("get list watch create update delete", "core", "endpoints"),
            Rule("create", "core", "endpoints/restricted"),
            Events()),
        Role(
            "endpointslice-controller",
            Rule(Read, "core", "services pods nodes"),
            Rule("update", "core", "services/finalizers"),
            Rule("get list watch create update delete", "discovery.k8s.io", "endpointslices"),
            Events()),
        Role(
            "endpointslicemirroring-controller",
            Rule(Read, "core", "services endpoints"),
            Rule("update", "core", "services/finalizers"),
            Rule("update", "core", "endpoints/finalizers"),
            Rule("get list watch create update delete", "discovery.k8s.io", "endpointslices"),
            Events()),
        Role(
            "expand-controller",
            Rule("get list watch update patch", "core", "persistentvolumes"),
            Rule("update patch", "core", "persistentvolumeclaims/status"),
            Rule(Read, "core", "persistentvolumeclaims"),
            Events()),
        Role(
            "ephemeral-volume-controller",
            Rule(Read, "core", "pods"),
            Rule("update", "core", "pods/finalizers"),
            Rule("get list watch create", "core", "persistentvolumeclaims"),
            Events()),
        Role(
            "resource-claim-controller",
            Rule(Read, "core", "pods"),
            Rule("update", "core", "pods/finalizers"),
            Rule("get list watch create delete", "resource.k8s.io", "resourceclaims"),
            Rule("update patch", "resource.k8s.io", "resourceclaims resourceclaims/status"),
            Rule("update patch", "core", "pods/status"),
            Events(),
            Rule("update patch", "resource.k8s.io", "resourceclaims/binding")),
        Role(
            "device-taint-eviction-controller",
            Rule("get list watch delete", "core", "pods"),
            Rule("update patch", "core", "pods/status"),
            Rule(Read, "resource.k8s.io", "resourceclaims"),
            Rule(Read, "resource.k8s.io", "resourceslices"),
            Rule(Read, "resource.k8s.io", "deviceclasses"),
            Events()),
        Role("generic-garbage-collector", Rule("get list watch patch update delete", "*", "*"), Events()),
        Role(
            "horizontal-pod-autoscaler",
            Rule(Read, "autoscaling", "horizontalpodautoscalers"),
            Rule("update", "autoscaling", "horizontalpodautoscalers/status"),
            Rule("get update", "*", "*/scale"),
            Rule("list watch", "core", "pods"),
            Rule("list watch", "metrics.k8s.io", "pods"),
            Rule(Read, "custom.metrics.k8s.io", "*"),
            Rule(Read, "external.metrics.k8s.io", "*"),
            Events()),
        Role(
            "job-controller",
            Rule("get list watch update patch", "batch", "jobs"),
            Rule("update", "batch", "jobs/status"),
            Rule("update", "batch", "jobs/finalizers"),
            Rule("list watch create delete patch", "core", "pods"),
            Events()),
        Role(
            "namespace-controller",
            Rule("get list watch delete", "core", "namespaces"),
            Rule("update", "core", "namespaces/finalize namespaces/status"),
            Rule("get list watch delete deletecollection", "*", "*")),
        Role(
            "node-controller",
            Rule("get list watch update delete patch", "core", "nodes"),
            Rule("patch update", "core", "nodes/status"),
            Rule("patch update", "core", "pods/status"),
            Rule("list watch get delete", "core", "pods"),
            Events()),
        Role(
            "persistent-volume-binder",
            Rule("get list watch update create delete", "core", "persistentvolumes"),
            Rule("update", "core", "persistentvolumes/status"),
            Rule("get list watch update", "core", "persistentvolumeclaims"),
            Rule("update", "core", "persistentvolumeclaims/status"),
            Rule("list watch get create delete", "core", "pods"),
            Rule(Read, "storage.k8s.io", "storageclasses"),
            Rule("list watch", "core", "nodes"),
            Events(),
            Rule("watch", "core", "events")),
        Role(
            "pod-garbage-collector",
            Rule("list watch delete", "core", "pods"),
            Rule(Read, "core", "nodes"),
            Rule("patch", "core", "pods/status")),
        Role(
            "replicaset-controller",
            Rule("get list watch update", Workloads, "replicasets"),
            Rule("update", Workloads, "replicasets/status"),
            Rule("update", Workloads, "replicasets/finalizers"),
            Rule("list watch patch create delete", "core", "pods"),
            Events()),
        Role(
            "replication-controller",
            Rule("get list watch update", "core", "replicationcontrollers"),
            Rule("update", "core", "replicationcontrollers/status"),
            Rule("update", "core", "replicationcontrollers/finalizers"),
            Rule("list watch patch create delete", "core", "pods"),
            Events()),
        Role("resourcequota-controller", Rule("list watch", "*", "*"), Rule("update", "core", "resourcequotas/status"), Events()),
        Role("route-controller", Rule("list watch", "core", "nodes"), Rule("patch", "core", "nodes/status"), Events()),
        Role("service-account-controller", Rule("create", "core", "serviceaccounts"), Events()),
        Role(
            "service-controller",
            Rule(Read, "core", "services"),
            Rule("patch update", "core", "services/status"),
            Rule("list watch", "core", "nodes"),
            Events()),
        Role(
            "service-cidrs-controller",
            Rule("get list watch patch update", "networking.k8s.io", "servicecidrs"),
            Rule("patch update", "networking.k8s.io", "servicecidrs/finalizers"),
            Rule("patch update", "networking.k8s.io", "servicecidrs/status"),
            Rule(Read, "networking.k8s.io", "ipaddresses"),
            Events()),
        Role(
            "statefulset-controller",
            Rule("list watch", "core", "pods"),
            Rule(Read, "apps", "statefulsets"),
            Rule("update", "apps", "statefulsets/status"),
            Rule("update", "apps", "statefulsets/finalizers"),
            Rule("get create delete update patch", "core", "pods"),
            Rule("get create delete update patch list watch", "apps", "controllerrevisions"),
            Rule("get create list watch", "core", "persistentvolumeclaims"),
            Rule("update delete", "core", "persistentvolumeclaims"),
            Rule("update", "core", "pods/finalizers"),
            Events()),
        Role("ttl-controller", Rule("update patch list watch", "core", "nodes"), Events()),
        Role(
            "certificate-controller",
            Rule("get list watch delete", "certificates.k8s.io", "certificatesigningrequests"),
            Rule("update", "certificates.k8s.io", "certificatesigningrequests/status certificatesigningrequests/approval"),
            Rule("approve", "certificates.k8s.io", "signers", "kubernetes.io/kube-apiserver-client-kubelet"),
            Rule(
                "sign", "certificates.k8s.io", "signers",
                "kubernetes.io/legacy-unknown kubernetes.io/kube-apiserver-client kubernetes.io/kube-apiserver-client-kubelet kubernetes.io/kubelet-serving"),
            Rule("create", "authorization.k8s.io", "subjectaccessreviews"),
            Events()),
        Role(
            "pvc-protection-controller",
            Rule("get list watch update", "core", "persistentvolumeclaims"),
            Rule("update", "core", "persistentvolumeclaims/status"),
            Rule("list watch get", "core", "pods"),
            Events()),
        Role("pv-protection-controller", Rule("get list watch update", "core", "persistentvolumes"), Events()),
        Role(
            "volumeattributesclass-protection-controller",
            Rule("list watch get", "core", "persistentvolumeclaims"),
            Rule("list watch get", "core", "persistentvolumes"),
            Rule("get list watch update", "storage.k8s.io", "volumeattributesclasses"),
            Events()),
        Role("ttl-after-finished-controller", Rule("get list watch delete", "batch", "jobs"), Events()),
        Role("root-ca-cert-publisher", Rule("create update", "core", "configmaps"), Events()),
        Role(
            "validatingadmissionpolicy-status-controller",
            Rule(Read, "admissionregistration.k8s.io", "validatingadmissionpolicies"),
            Rule("get patch update", "admissionregistration.k8s.io", "validatingadmissionpolicies/status"),
            Events()),
        Role(
            "legacy-service-account-token-cleaner",
            Rule("get", "core", "configmaps", "kube-apiserver-legacy-service-account-token-tracking"),
            Rule("patch delete", "core", "secrets")),
        Role(
            "selinux-warning-controller",
            Events(),
            Rule(Read, "core", "persistentvolumes"),
            Rule(Read, "core", "persistentvolumeclaims"),
            Rule(Read, "core", "pods"),
            Rule(Read, "storage.k8s.io", "csidrivers")),
    ];

    public static IEnumerable<ClusterRoleBinding> Bindings => All.Select(r => Bind(r.Metadata.Name!, Account(r.Metadata.Name![Prefix.Length..])));

    private static ClusterRole Role(string controller, params List<PolicyRule> rules) => ClusterRole(Prefix + controller, rules);
}
