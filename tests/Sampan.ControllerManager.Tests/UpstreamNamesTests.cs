using Microsoft.Extensions.Logging.Abstractions;
using Sampan.ControllerManager.Certificates;
using Sampan.ControllerManager.ServiceAccounts;

namespace Sampan.ControllerManager.Tests;

/// <summary>Dashboards and alerts are written for upstream's names.</summary>
public sealed class UpstreamNamesTests : IAsyncDisposable
{
    /// <summary>What each controller of upstream's manager counts, by what kind of number.</summary>
    private static readonly Dictionary<string, string> Metrics = new()
    {
        ["counter"] = """
            attach_detach_controller_attachdetach_controller_forced_detaches endpoint_slice_controller_changes endpoint_slice_controller_syncs
            endpoint_slice_mirroring_controller_changes ephemeral_volume_controller_create_failures_total ephemeral_volume_controller_create_total
            device_taint_eviction_controller_pod_deletions_total horizontal_pod_autoscaler_controller_metric_computation_total
            horizontal_pod_autoscaler_controller_reconciliations_total garbagecollector_controller_resources_sync_error_total job_controller_job_finished_indexes_total
            job_controller_job_pods_creation_total job_controller_job_pods_finished_total job_controller_job_syncs_total job_controller_jobs_by_external_controller_total
            job_controller_jobs_finished_total job_controller_stale_sync_skips_total daemonset_controller_stale_sync_skips_total
            replicaset_controller_stale_sync_skips_total statefulset_controller_stale_sync_skips_total job_controller_pod_failures_handled_by_failure_policy_total job_controller_terminated_pods_tracking_finalizer_total
            pod_gc_collector_force_delete_pod_errors_total pod_gc_collector_force_delete_pods_total resourceclaim_controller_creates_total
            retroactive_storageclass_errors_total retroactive_storageclass_total root_ca_cert_publisher_sync_total taint_eviction_controller_pod_deletions_total
            volume_operation_errors_total volume_operation_total_errors workqueue_adds_total workqueue_retries_total
            """,
        ["gauge"] = """
            endpoint_slice_controller_services_count_by_traffic_distribution horizontal_pod_autoscaler_controller_desired_replicas
            horizontal_pod_autoscaler_controller_num_horizontal_pod_autoscalers statefulset_controller_statefulset_max_unavailable
            statefulset_controller_statefulset_unavailable_replicas attachdetach_controller_total_volumes endpoint_slice_controller_desired_endpoint_slices endpoint_slice_controller_endpoints_desired
            endpoint_slice_controller_num_endpoint_slices endpoint_slice_mirroring_controller_desired_endpoint_slices
            endpoint_slice_mirroring_controller_endpoints_desired endpoint_slice_mirroring_controller_num_endpoint_slices pv_collector_bound_pv_count
            pv_collector_bound_pvc_count pv_collector_total_pv_count pv_collector_unbound_pv_count pv_collector_unbound_pvc_count
            resourceclaim_controller_resource_claims running_managed_controllers selinux_warning_controller_selinux_volume_conflict
            storage_count_attachable_volumes_in_use workqueue_depth workqueue_longest_running_processor_seconds workqueue_unfinished_work_seconds
            """,
        ["histogram"] = """
            horizontal_pod_autoscaler_controller_metric_computation_duration_seconds horizontal_pod_autoscaler_controller_reconciliation_duration_seconds cronjob_controller_job_creation_skew_duration_seconds device_taint_eviction_controller_pod_deletion_duration_seconds
            endpoint_slice_controller_endpoints_added_per_sync endpoint_slice_controller_endpoints_removed_per_sync
            endpoint_slice_controller_endpointslices_changed_per_sync endpoint_slice_mirroring_controller_addresses_skipped_per_sync
            endpoint_slice_mirroring_controller_endpoints_added_per_sync endpoint_slice_mirroring_controller_endpoints_removed_per_sync
            endpoint_slice_mirroring_controller_endpoints_sync_duration endpoint_slice_mirroring_controller_endpoints_updated_per_sync
            job_controller_job_sync_duration_seconds replicaset_controller_sorting_deletion_age_ratio root_ca_cert_publisher_sync_duration_seconds
            taint_eviction_controller_pod_deletion_duration_seconds ttl_after_finished_controller_job_deletion_duration_seconds workqueue_queue_duration_seconds
            workqueue_work_duration_seconds node_collector_update_node_health_duration_seconds
            """,
    };

    private readonly Harness _harness = new();

    [Fact]
    public void Metrics_OfAllControllers_HaveUpstreamsNames()
    {
        Create("*", "selinux-warning-controller");
        var shown = _harness.Context.Metrics.Render();
        var missing = Metrics.SelectMany(m => Words(m.Value).Select(name => $"# TYPE {name} {m.Key}\n")).Where(line => !shown.Contains(line, StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("*", "job-controller", true)]
    [InlineData("*", "selinux-warning-controller", false)]
    [InlineData("selinux-warning-controller", "selinux-warning-controller", true)]
    [InlineData("-job", "job-controller", false)]
    public void Metrics_ControllerThatRuns_IsShownAsRunning(string chosen, string name, bool runs)
    {
        Create(chosen);
        Assert.Equal(runs, _harness.Context.Metrics.Render().Contains($"running_managed_controllers{{name=\"{name}\",manager=\"kube-controller-manager\"}} 1", StringComparison.Ordinal));
    }

    /// <summary>Under which name each controller writes events (source.component and reportingComponent), and how its queue is called.</summary>
    [Theory]
    [InlineData("certificatesigningrequest-approving-controller", null, "certificate")]
    [InlineData("certificatesigningrequest-signing-controller", null, "certificate")]
    [InlineData("clusterrole-aggregation-controller", null, "ClusterRoleAggregator")]
    [InlineData("cronjob-controller", "cronjob-controller", "cronjob")]
    [InlineData("daemonset-controller", "daemonset-controller", "daemonset")]
    [InlineData("deployment-controller", "deployment-controller", "deployment")]
    [InlineData("device-taint-eviction-controller", "device-taint-eviction-controller", "device-taint-eviction-controller")]
    [InlineData("disruption-controller", "controllermanager", "disruption")]
    [InlineData("endpoints-controller", "endpoint-controller", "endpoint")]
    [InlineData("endpointslice-controller", "endpoint-slice-controller", "endpoint_slice")]
    [InlineData("endpointslice-mirroring-controller", "endpoint-slice-mirroring-controller", "endpoint_slice_mirroring")]
    [InlineData("ephemeral-volume-controller", "ephemeral_volume", "ephemeral_volume")]
    [InlineData("garbage-collector-controller", "garbage-collector-controller", "garbage_collector_attempt_to_delete")]
    [InlineData("job-controller", "job-controller", "job")]
    [InlineData("namespace-controller", null, "namespace")]
    [InlineData("persistentvolume-attach-detach-controller", "attachdetach-controller", null)]
    [InlineData("persistentvolume-binder-controller", "persistentvolume-controller", "claims")]
    [InlineData("persistentvolume-binder-controller-volumes", "persistentvolume-controller", "volumes")]
    [InlineData("persistentvolume-protection-controller", null, "pvprotection")]
    [InlineData("persistentvolumeclaim-protection-controller", null, "pvcprotection")]
    [InlineData("replicaset-controller", "replicaset-controller", "replicaset")]
    [InlineData("replication-controller", "replication-controller", "replicationmanager")]
    [InlineData("resourceclaim-controller", "resource_claim", "resource_claim")]
    [InlineData("resourcequota-controller", null, "resourcequota_primary")]
    [InlineData("root-ca-certificate-publisher-controller", null, "root_ca_cert_publisher")]
    [InlineData("selinux-warning-controller", "selinux_warning", "selinux_warning")]
    [InlineData("service-cidr-controller", "service-cidr-controller", "ipaddresses")]
    [InlineData("serviceaccount-controller", null, "serviceaccount")]
    [InlineData("serviceaccount-token-controller", null, "serviceaccount_tokens_secret")]
    [InlineData("statefulset-controller", "statefulset-controller", "statefulset")]
    [InlineData("taint-eviction-controller", "taint-eviction-controller", "noexec_taint_pod")]
    [InlineData("token-cleaner-controller", null, "token_cleaner")]
    [InlineData("ttl-after-finished-controller", "ttl-after-finished-controller", "ttl_jobs_to_delete")]
    [InlineData("ttl-controller", null, "ttlcontroller")]
    [InlineData("volume_expand", "volume_expand", "volume_expand")]
    [InlineData("volumeattributesclass-protection-controller", null, "vacprotection")]
    public void Names_OfARunningController_AreUpstreams(string controller, string? source, string? queue)
    {
        Assert.Contains(controller, Create("*", "bootstrap-signer-controller", "token-cleaner-controller", "selinux-warning-controller").Select(c => c.Name));
        if (source is not null) Assert.Equal(source, UpstreamNames.EventSourceOf(controller));
        if (queue is not null) Assert.Equal(queue, UpstreamNames.QueueOf(controller));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private List<IComponent> Create(params string[] chosen) => ControllerSet.Create(_harness.Context, new ControllerManagerOptions
    {
        Client = _harness.Context.Client,
        Logs = NullLoggerFactory.Instance,
        Time = _harness.Time,
        Controllers = chosen,
        RootCa = () => "certificate",
        ServiceAccountKey = () => Keys.Private,
        SigningKeys = new Dictionary<string, Func<SigningKey>> { [SignerNames.LegacyUnknown] = () => new(Keys.Authority, Keys.Private) },
    });

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A key and an authority of its own.</summary>
    private static class Keys
    {
        private static readonly System.Security.Cryptography.ECDsa Key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

        public static string Private { get; } = Key.ExportPkcs8PrivateKeyPem();

        public static string Authority { get; } = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=ca", Key, System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2035, 1, 1, 0, 0, 0, TimeSpan.Zero)).ExportCertificatePem();
    }
}
