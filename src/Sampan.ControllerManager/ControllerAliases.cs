namespace Sampan.ControllerManager;

/// <summary>The names that controllers had before, which <c>--controllers</c> still takes.</summary>
internal static class ControllerAliases
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["attachdetach"] = "persistentvolume-attach-detach-controller",
        ["bootstrapsigner"] = "bootstrap-signer-controller",
        ["cloud-node-lifecycle"] = "cloud-node-lifecycle-controller",
        ["clusterrole-aggregation"] = "clusterrole-aggregation-controller",
        ["cronjob"] = "cronjob-controller",
        ["csrapproving"] = "certificatesigningrequest-approving-controller",
        ["csrcleaner"] = "certificatesigningrequest-cleaner-controller",
        ["csrsigning"] = "certificatesigningrequest-signing-controller",
        ["daemonset"] = "daemonset-controller",
        ["deployment"] = "deployment-controller",
        ["disruption"] = "disruption-controller",
        ["endpoint"] = "endpoints-controller",
        ["endpointslice"] = "endpointslice-controller",
        ["endpointslicemirroring"] = "endpointslice-mirroring-controller",
        ["ephemeral-volume"] = "ephemeral-volume-controller",
        ["garbagecollector"] = "garbage-collector-controller",
        ["horizontalpodautoscaling"] = "horizontal-pod-autoscaler-controller",
        ["job"] = "job-controller",
        ["legacy-service-account-token-cleaner"] = "legacy-serviceaccount-token-cleaner-controller",
        ["namespace"] = "namespace-controller",
        ["nodeipam"] = "node-ipam-controller",
        ["nodelifecycle"] = "node-lifecycle-controller",
        ["persistentvolume-binder"] = "persistentvolume-binder-controller",
        ["persistentvolume-expander"] = "persistentvolume-expander-controller",
        ["podgc"] = "pod-garbage-collector-controller",
        ["pv-protection"] = "persistentvolume-protection-controller",
        ["pvc-protection"] = "persistentvolumeclaim-protection-controller",
        ["replicaset"] = "replicaset-controller",
        ["replicationcontroller"] = "replicationcontroller-controller",
        ["resource-claim-controller"] = "resourceclaim-controller",
        ["resourcequota"] = "resourcequota-controller",
        ["route"] = "node-route-controller",
        ["root-ca-cert-publisher"] = "root-ca-certificate-publisher-controller",
        ["service"] = "service-lb-controller",
        ["serviceaccount"] = "serviceaccount-controller",
        ["serviceaccount-token"] = "serviceaccount-token-controller",
        ["statefulset"] = "statefulset-controller",
        ["tokencleaner"] = "token-cleaner-controller",
        ["ttl"] = "ttl-controller",
        ["ttl-after-finished"] = "ttl-after-finished-controller",
        ["validatingadmissionpolicy-status"] = "validatingadmissionpolicy-status-controller",
    };

    /// <summary>A choice of <c>--controllers</c> with the name of today: <c>-podgc</c> means <c>-pod-garbage-collector-controller</c>.</summary>
    public static string Resolve(string choice)
    {
        var name = choice.TrimStart('-');
        return Names.TryGetValue(name, out var today) ? choice[..^name.Length] + today : choice;
    }
}
