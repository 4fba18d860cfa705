using Sampan.Api.ApiServerInternal.V1Alpha1;
using Sampan.Api.Apps.V1;
using Sampan.Api.Certificates.V1Beta1;
using Sampan.Api.Core.V1;
using Sampan.Api.StorageMigration.V1Beta1;
using Sampan.ControllerManager.AdmissionPolicies;
using Sampan.ControllerManager.AttachDetach;
using Sampan.ControllerManager.Bootstrap;
using Sampan.ControllerManager.Certificates;
using Sampan.ControllerManager.ClusterRoleAggregation;
using Sampan.ControllerManager.CronJobs;
using Sampan.ControllerManager.DaemonSets;
using Sampan.ControllerManager.Deployments;
using Sampan.ControllerManager.DeviceTaintEviction;
using Sampan.ControllerManager.Disruption;
using Sampan.ControllerManager.EndpointSliceMirroring;
using Sampan.ControllerManager.EndpointSlices;
using Sampan.ControllerManager.EphemeralVolumes;
using Sampan.ControllerManager.GarbageCollection;
using Sampan.ControllerManager.HorizontalPodAutoscaling;
using Sampan.ControllerManager.Jobs;
using Sampan.ControllerManager.LegacyEndpoints;
using Sampan.ControllerManager.LegacyTokens;
using Sampan.ControllerManager.Namespaces;
using Sampan.ControllerManager.NodeIpam;
using Sampan.ControllerManager.NodeLifecycle;
using Sampan.ControllerManager.PersistentVolumes;
using Sampan.ControllerManager.PodGarbage;
using Sampan.ControllerManager.Protection;
using Sampan.ControllerManager.ReplicaSets;
using Sampan.ControllerManager.ResourceClaims;
using Sampan.ControllerManager.ResourceQuotas;
using Sampan.ControllerManager.SELinuxWarning;
using Sampan.ControllerManager.ServiceAccounts;
using Sampan.ControllerManager.ServiceCidrs;
using Sampan.ControllerManager.StatefulSets;
using Sampan.ControllerManager.StorageVersions;
using Sampan.ControllerManager.TrustBundles;
using Sampan.ControllerManager.Ttl;
using Sampan.ControllerManager.TtlAfterFinished;
using Sampan.ControllerManager.VolumeExpansion;

namespace Sampan.ControllerManager;

/// <summary>All controllers by upstream's names. Adding one is one line here and one folder.</summary>
internal static class ControllerSet
{
    /// <summary>
    /// Name, service account (null: the manager's own user), and a factory that answers null when the options lack what the
    /// controller needs.
    /// </summary>
    private static readonly (string Name, string? Account, Func<ControllerContext, ControllerManagerOptions, IComponent?> Create)[] All =
    [
        ("serviceaccount-token-controller", null, Tokens),
        ("root-ca-certificate-publisher-controller", "root-ca-cert-publisher", (c, o) => o.RootCa is { } ca ? new RootCaPublisher(c, ca) : null),
        ("serviceaccount-controller", "service-account-controller", (c, _) => new ServiceAccountController(c)),
        ("namespace-controller", "namespace-controller", (c, _) => new NamespaceController(c)),
        ("node-ipam-controller", "node-controller", (c, o) => o.ClusterCidr is { } cidrs ? new NodeIpamController(c, [.. cidrs.Split(',').Select(cidr => Pool(cidr, o))]) : null),
        ("node-lifecycle-controller", "node-controller", (c, o) => new NodeLifecycleController(c, o.NodeLifecycle)),
        ("taint-eviction-controller", "node-controller", (c, _) => new TaintEvictionController(c)),
        ("endpoints-controller", "endpoint-controller", (c, _) => new EndpointsController(c)),
        ("endpointslice-controller", "endpointslice-controller", (c, o) => new EndpointSliceController(c, o.MaxEndpointsPerSlice)),
        ("endpointslice-mirroring-controller", "endpointslicemirroring-controller", (c, _) => new EndpointSliceMirroringController(c)),
        ("deployment-controller", "deployment-controller", (c, _) => new DeploymentController(c)),
        ("replicaset-controller", "replicaset-controller", (c, _) => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind())),
        ("replicationcontroller-controller", "replication-controller", (c, _) => new ReplicaController<ReplicationController>("replication-controller", c, new ReplicationControllerKind())),
        ("disruption-controller", "disruption-controller", (c, _) => new DisruptionController(c)),
        ("disruption-controller", "disruption-controller", (c, _) => new StaleDisruptionController(c)),
        ("statefulset-controller", "statefulset-controller", (c, _) => new StatefulSetController(c)),
        ("daemonset-controller", "daemon-set-controller", (c, _) => new DaemonSetController(c)),
        ("job-controller", "job-controller", (c, _) => new JobController(c)),
        ("job-controller", "job-controller", (c, _) => new OrphanPodController(c)),
        ("pod-garbage-collector-controller", "pod-garbage-collector", (c, o) => new PodGarbageCollector(c, o.TerminatedPodLimit)),
        ("cronjob-controller", "cronjob-controller", (c, _) => new CronJobController(c)),
        ("ttl-after-finished-controller", "ttl-after-finished-controller", (c, _) => new TtlAfterFinishedController(c)),
        ("clusterrole-aggregation-controller", "clusterrole-aggregation-controller", (c, _) => new ClusterRoleAggregationController(c)),
        ("resourcequota-controller", "resourcequota-controller", (c, _) => new ResourceQuotaController(c)),
        ("certificatesigningrequest-signing-controller", "certificate-controller", Signing),
        ("certificatesigningrequest-approving-controller", "certificate-controller", (c, _) => new ApprovingController(c)),
        ("certificatesigningrequest-cleaner-controller", "certificate-controller", (c, _) => new CleaningController(c)),
        ("podcertificaterequest-cleaner-controller", "podcertificaterequestcleaner", (c, _) => Served<PodCertificateRequest>("podcertificaterequest-cleaner-controller", c, () => new PodCertificateCleaner(c))),
        ("kube-apiserver-serving-clustertrustbundle-publisher-controller", "kube-apiserver-serving-clustertrustbundle-publisher", TrustBundles),
        ("bootstrap-signer-controller", "bootstrap-signer", (c, _) => new BootstrapSigner(c)),
        ("token-cleaner-controller", "token-cleaner", (c, _) => new TokenCleaner(c)),
        ("persistentvolumeclaim-protection-controller", "pvc-protection-controller", (c, _) => new ClaimProtectionController(c)),
        ("persistentvolume-protection-controller", "pv-protection-controller", (c, _) => new VolumeProtectionController(c)),
        ("volumeattributesclass-protection-controller", "volumeattributesclass-protection-controller", (c, _) => new AttributesClassProtectionController(c)),
        ("persistentvolume-binder-controller", "persistent-volume-binder", (c, _) => new ClaimBinder(c)),
        ("persistentvolume-binder-controller", "persistent-volume-binder", (c, _) => new VolumeBinder(c)),
        ("persistentvolume-expander-controller", "expand-controller", (c, _) => new VolumeExpansionController(c)),
        ("persistentvolume-attach-detach-controller", "attachdetach-controller", (c, o) => new AttachDetachController(c, o.ForcesDetach)),
        ("resourceclaim-controller", "resource-claim-controller", (c, _) => new PodClaimController(c)),
        ("resourceclaim-controller", "resource-claim-controller", (c, _) => new ReservedForController(c)),
        ("device-taint-eviction-controller", "device-taint-eviction-controller", (c, _) => new DeviceTaintEvictionController(c)),
        ("legacy-serviceaccount-token-cleaner-controller", "legacy-service-account-token-cleaner", (c, o) => new LegacyTokenCleaner(c, o.LegacyTokenPeriod)),
        ("ephemeral-volume-controller", "ephemeral-volume-controller", (c, _) => new EphemeralVolumeController(c)),
        ("validatingadmissionpolicy-status-controller", "validatingadmissionpolicy-status-controller", (c, _) => new ValidatingAdmissionPolicyStatusController(c)),
        ("selinux-warning-controller", "selinux-warning-controller", (c, _) => new SELinuxWarningController(c)),
        ("service-cidr-controller", "service-cidrs-controller", (c, _) => new ServiceCidrController(c)),
        ("storageversion-garbage-collector-controller", "storage-version-garbage-collector", (c, _) => Served<StorageVersion>("storageversion-garbage-collector-controller", c, () => new StorageVersionCleaner(c))),
        ("storage-version-migrator-controller", "storage-version-migrator-controller", (c, _) => Served<StorageVersionMigration>("storage-version-migrator-controller", c, () => new StorageVersionMigrator(c))),
        ("horizontal-pod-autoscaler-controller", "horizontal-pod-autoscaler", (c, o) => new HorizontalPodAutoscalerController(c, o.Autoscaler)),
        ("ttl-controller", "ttl-controller", (c, _) => new TtlController(c)),
        ("garbage-collector-controller", "generic-garbage-collector", (c, _) => new GarbageCollector(c)),
    ];

    /// <summary>Run only where they are named: a cluster without bootstrap tokens, or without SELinux on its nodes, does not need them.</summary>
    private static readonly string[] OffByDefault = ["bootstrap-signer-controller", "selinux-warning-controller", "token-cleaner-controller"];

    /// <summary>Upstream's controllers that the cloud controller manager runs: to leave them out, or in, changes nothing here.</summary>
    private static readonly string[] OfTheCloud = ["cloud-node-lifecycle-controller", "node-route-controller", "service-lb-controller"];

    public static IEnumerable<string> Names => All.Select(c => c.Name).Distinct();

    public static List<IComponent> Create(ControllerContext context, ControllerManagerOptions options)
    {
        var chosen = new ControllerChoice(options.Controllers, [.. Names, .. OfTheCloud], OffByDefault);
        foreach (var name in Names.Where(chosen.IsOn)) RunningControllers.Show(context.Metrics, name, "kube-controller-manager");
        return All.Where(c => chosen.IsOn(c.Name)).Select(c => c.Create(ContextOf(c.Name, c.Account), options)).OfType<IComponent>().ToList();

        ControllerContext ContextOf(string name, string? account) => context with
        {
            Client = account is null || options.ClientFor is null ? context.Client : options.ClientFor(account),
            EventSourceOf = UpstreamNames.EventSourceOf,
            QueueNameOf = UpstreamNames.QueueOf,
            Workers = options.Workers.TryGetValue(name, out var workers) ? workers : null,
        };
    }

    private static TokensController? Tokens(ControllerContext context, ControllerManagerOptions options) =>
        options.ServiceAccountKey is { } key ? new TokensController(context, new LegacyTokenSigner(key), options.RootCa ?? "") : null;

    private static ServedController? TrustBundles(ControllerContext context, ControllerManagerOptions options) =>
        options.RootCa is { } ca ? Served<ClusterTrustBundle>("kube-apiserver-serving-clustertrustbundle-publisher-controller", context, () => new TrustBundlePublisher(context, ca)) : null;

    private static ServedController Served<T>(string name, ControllerContext context, Func<IComponent> create)
        where T : class, IObject<T> => new(name, context, T.Info.GroupVersionResource, create);

    private static CidrPool Pool(string cidr, ControllerManagerOptions options)
    {
        var pool = new CidrPool(cidr, cidr.Contains(':', StringComparison.Ordinal) ? options.NodeCidrPrefixV6 : options.NodeCidrPrefix);
        foreach (var range in options.ServiceRange?.Split(',') ?? []) pool.Exclude(range.Trim());
        return pool;
    }

    private static SigningController? Signing(ControllerContext context, ControllerManagerOptions options) =>
        options.SigningKeys.Count > 0 ? new SigningController(context, options.SigningKeys, options.SigningDuration) : null;
}
