namespace Sampan.ControllerManager;

/// <summary>The names that upstream's controllers have in events and in the metrics of queues, where those are not the controller's own.</summary>
internal static class UpstreamNames
{
    private static readonly Dictionary<string, string> EventSources = new()
    {
        ["disruption-controller"] = "controllermanager",
        ["endpoints-controller"] = "endpoint-controller",
        ["endpointslice-controller"] = "endpoint-slice-controller",
        ["endpointslice-mirroring-controller"] = "endpoint-slice-mirroring-controller",
        ["ephemeral-volume-controller"] = "ephemeral_volume",
        ["horizontal-pod-autoscaler-controller"] = "horizontal-pod-autoscaler",
        ["node-ipam-controller"] = "cidrAllocator",
        ["node-lifecycle-controller"] = "node-controller",
        ["persistentvolume-attach-detach-controller"] = "attachdetach-controller",
        ["persistentvolume-binder-controller"] = "persistentvolume-controller",
        ["persistentvolume-binder-controller-volumes"] = "persistentvolume-controller",
        ["replicationcontroller-controller"] = "replication-controller",
        ["resourceclaim-controller"] = "resource_claim",
        ["resourceclaim-controller-users"] = "resource_claim",
        ["selinux-warning-controller"] = "selinux_warning",
    };

    private static readonly Dictionary<string, string> Queues = new()
    {
        ["certificatesigningrequest-approving-controller"] = "certificate",
        ["certificatesigningrequest-signing-controller"] = "certificate",
        ["clusterrole-aggregation-controller"] = "ClusterRoleAggregator",
        ["cronjob-controller"] = "cronjob",
        ["daemonset-controller"] = "daemonset",
        ["deployment-controller"] = "deployment",
        ["disruption-controller"] = "disruption",
        ["disruption-controller-stale-pods"] = "stale_pod_disruption",
        ["endpoints-controller"] = "endpoint",
        ["endpointslice-controller"] = "endpoint_slice",
        ["endpointslice-mirroring-controller"] = "endpoint_slice_mirroring",
        ["ephemeral-volume-controller"] = "ephemeral_volume",
        ["garbage-collector-controller"] = "garbage_collector_attempt_to_delete",
        ["horizontal-pod-autoscaler-controller"] = "horizontalpodautoscaler",
        ["job-controller"] = "job",
        ["job-controller-orphan-pods"] = "job_orphan_pod",
        ["kube-apiserver-serving-clustertrustbundle-publisher-controller"] = "ca_cert_publisher_cluster_trust_bundles",
        ["namespace-controller"] = "namespace",
        ["node-lifecycle-controller"] = "node_lifecycle_controller",
        ["persistentvolume-binder-controller"] = "claims",
        ["persistentvolume-binder-controller-volumes"] = "volumes",
        ["persistentvolume-protection-controller"] = "pvprotection",
        ["persistentvolumeclaim-protection-controller"] = "pvcprotection",
        ["replicaset-controller"] = "replicaset",
        ["replication-controller"] = "replicationmanager",
        ["resourceclaim-controller"] = "resource_claim",
        ["resourcequota-controller"] = "resourcequota_primary",
        ["root-ca-certificate-publisher-controller"] = "root_ca_cert_publisher",
        ["selinux-warning-controller"] = "selinux_warning",
        ["service-cidr-controller"] = "ipaddresses",
        ["serviceaccount-controller"] = "serviceaccount",
        ["serviceaccount-token-controller"] = "serviceaccount_tokens_secret",
        ["statefulset-controller"] = "statefulset",
        ["storageversion-garbage-collector-controller"] = "storage_version_garbage_collector_storageversions",
        ["taint-eviction-controller"] = "noexec_taint_pod",
        ["token-cleaner-controller"] = "token_cleaner",
        ["ttl-after-finished-controller"] = "ttl_jobs_to_delete",
        ["ttl-controller"] = "ttlcontroller",
        ["validatingadmissionpolicy-status-controller"] = "validatingadmissionpolicy-status",
        ["volume_expand"] = "volume_expand",
        ["volumeattributesclass-protection-controller"] = "vacprotection",
    };

    public static string EventSourceOf(string controller) => EventSources.GetValueOrDefault(controller, controller);

    public static string QueueOf(string controller) => Queues.GetValueOrDefault(controller, controller);
}
