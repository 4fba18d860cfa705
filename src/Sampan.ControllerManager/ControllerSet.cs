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
    /// Name, service account (null: the manager's own user), a factory that answers null when the options lack what the controller
    /// needs, and the kind without which there is nothing to do, where few clusters serve it.
    /// </summary>
    private static readonly Entry[] All =
    [
        new("serviceaccount-token-controller", null, Tokens),
        new("root-ca-certificate-publisher-controller", "root-ca-cert-publisher", (c, o) => o.RootCa is { } ca ? new RootCaPublisher(c, ca) : null),
        new("serviceaccount-controller", "service-account-controller", (c, _) => new ServiceAccountController(c)),
        new("namespace-controller", "namespace-controller", (c, _) => new NamespaceController(c)),
        new("node-ipam-controller", "node-controller", (c, o) => o.ClusterCidr is { } cidrs ? new NodeIpamController(c, [.. cidrs.Split(',').Select(cidr => Pool(cidr, o))]) : null),
        new("node-lifecycle-controller", "node-controller", (c, o) => new NodeLifecycleController(c, o.NodeLifecycle)),
        new("taint-eviction-controller", "node-controller", (c, _) => new TaintEvictionController(c)),
        new("endpoints-controller", "endpoint-controller", (c, _) => new EndpointsController(c)),
        new("endpointslice-controller", "endpointslice-controller", (c, o) => new EndpointSliceController(c, o.MaxEndpointsPerSlice)),
        new("endpointslice-mirroring-controller", "endpointslicemirroring-controller", (c, _) => new EndpointSliceMirroringController(c)),
        new("deployment-controller", "deployment-controller", (c, _) => new DeploymentController(c)),
        new("replicaset-controller", "replicaset-controller", (c, _) => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind())),
        new("replicationcontroller-controller", "replication-controller", (c, _) => new ReplicaController<ReplicationController>("replication-controller", c, new ReplicationControllerKind())),
        new("disruption-controller", "disruption-controller", (c, _) => new DisruptionController(c)),
        new("disruption-controller", "disruption-controller", (c, _) => new StaleDisruptionController(c)),
        new("statefulset-controller", "statefulset-controller", (c, _) => new StatefulSetController(c)),
        new("daemonset-controller", "daemon-set-controller", (c, _) => new DaemonSetController(c)),
        new("job-controller", "job-controller", (c, _) => new JobController(c)),
        new("job-controller", "job-controller", (c, _) => new OrphanPodController(c)),
        new("pod-garbage-collector-controller", "pod-garbage-collector", (c, o) => new PodGarbageCollector(c, o.TerminatedPodLimit)),
        new("cronjob-controller", "cronjob-controller", (c, _) => new CronJobController(c)),
        new("ttl-after-finished-controller", "ttl-after-finished-controller", (c, _) => new TtlAfterFinishedController(c)),
        new("clusterrole-aggregation-controller", "clusterrole-aggregation-controller", (c, _) => new ClusterRoleAggregationController(c)),
        new("resourcequota-controller", "resourcequota-controller", (c, _) => new ResourceQuotaController(c)),
        new("certificatesigningrequest-signing-controller", "certificate-controller", Signing),
        new("certificatesigningrequest-approving-controller", "certificate-controller", (c, _) => new ApprovingController(c)),
        new("certificatesigningrequest-cleaner-controller", "certificate-controller", (c, _) => new CleaningController(c)),
        new("podcertificaterequest-cleaner-controller", "podcertificaterequestcleaner", (c, _) => new PodCertificateCleaner(c), PodCertificateRequest.Info.GroupVersionResource),
        new("kube-apiserver-serving-clustertrustbundle-publisher-controller", "kube-apiserver-serving-clustertrustbundle-publisher", (c, o) => o.RootCa is { } ca ? new TrustBundlePublisher(c, ca) : null, ClusterTrustBundle.Info.GroupVersionResource),
        new("bootstrap-signer-controller", "bootstrap-signer", (c, _) => new BootstrapSigner(c)),
        new("token-cleaner-controller", "token-cleaner", (c, _) => new TokenCleaner(c)),
        new("persistentvolumeclaim-protection-controller", "pvc-protection-controller", (c, _) => new ClaimProtectionController(c)),
        new("persistentvolume-protection-controller", "pv-protection-controller", (c, _) => new VolumeProtectionController(c)),
        new("volumeattributesclass-protection-controller", "volumeattributesclass-protection-controller", (c, _) => new AttributesClassProtectionController(c)),
        new("persistentvolume-binder-controller", "persistent-volume-binder", (c, _) => new ClaimBinder(c)),
        new("persistentvolume-binder-controller", "persistent-volume-binder", (c, o) => new VolumeBinder(c, o.Recycler)),
        new("persistentvolume-expander-controller", "expand-controller", (c, _) => new VolumeExpansionController(c)),
        new("persistentvolume-attach-detach-controller", "attachdetach-controller", (c, o) => new AttachDetachController(c, o.ForcesDetach)),
        new("resourceclaim-controller", "resource-claim-controller", (c, _) => new PodClaimController(c)),
        new("resourceclaim-controller", "resource-claim-controller", (c, _) => new ReservedForController(c)),
        new("device-taint-eviction-controller", "device-taint-eviction-controller", (c, _) => new DeviceTaintEvictionController(c)),
        new("legacy-serviceaccount-token-cleaner-controller", "legacy-service-account-token-cleaner", (c, o) => new LegacyTokenCleaner(c, o.LegacyTokenPeriod)),
        new("ephemeral-volume-controller", "ephemeral-volume-controller", (c, _) => new EphemeralVolumeController(c)),
        new("validatingadmissionpolicy-status-controller", "validatingadmissionpolicy-status-controller", (c, _) => new ValidatingAdmissionPolicyStatusController(c)),
        new("selinux-warning-controller", "selinux-warning-controller", (c, _) => new SELinuxWarningController(c)),
        new("service-cidr-controller", "service-cidrs-controller", (c, _) => new ServiceCidrController(c)),
        new("storageversion-garbage-collector-controller", "storage-version-garbage-collector", (c, _) => new StorageVersionCleaner(c), StorageVersion.Info.GroupVersionResource),
        new("storage-version-migrator-controller", "storage-version-migrator-controller", (c, _) => new StorageVersionMigrator(c), StorageVersionMigration.Info.GroupVersionResource),
        new("horizontal-pod-autoscaler-controller", "horizontal-pod-autoscaler", (c, o) => new HorizontalPodAutoscalerController(c, o.Autoscaler)),
        new("ttl-controller", "ttl-controller", (c, _) => new TtlController(c)),
        new("garbage-collector-controller", "generic-garbage-collector", (c, _) => new GarbageCollector(c)),
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
        return All.Where(c => chosen.IsOn(c.Name)).Select(c => c.In(ContextOf(c.Name, c.Account), options)).OfType<IComponent>().ToList();

        ControllerContext ContextOf(string name, string? account) => context with
        {
            Client = account is null || options.ClientFor is null ? context.Client : options.ClientFor(account),
            EventSourceOf = UpstreamNames.EventSourceOf,
            QueueNameOf = UpstreamNames.QueueOf,
            Workers = options.Workers.TryGetValue(name, out var workers) ? workers : null,
        };
    }

    private static TokensController? Tokens(ControllerContext context, ControllerManagerOptions options)
    {
        if (options.ServiceAccountKey is not { } key) return null;
        // A key that is of no use ends the process at its start, not the first token.
        new LegacyTokenSigner(key()).Dispose();
        return new TokensController(context, key, options.RootCa ?? (() => ""));
    }

    private static CidrPool Pool(string cidr, ControllerManagerOptions options)
    {
        var pool = new CidrPool(cidr, cidr.Contains(':', StringComparison.Ordinal) ? options.NodeCidrPrefixV6 : options.NodeCidrPrefix);
        foreach (var range in options.ServiceRange?.Split(',') ?? []) pool.Exclude(range.Trim());
        return pool;
    }

    private static SigningController? Signing(ControllerContext context, ControllerManagerOptions options) =>
        options.SigningKeys.Count > 0 ? new SigningController(context, options.SigningKeys, options.SigningDuration) : null;

    private sealed record Entry(
        string Name, string? Account, Func<ControllerContext, ControllerManagerOptions, IComponent?> Create, GroupVersionResource? Needs = null)
    {
        public IComponent? In(ControllerContext context, ControllerManagerOptions options) => Needs is { } kind
            ? new ServedController(Name, context, kind, () => Create(context, options))
            : Create(context, options);
    }
}
