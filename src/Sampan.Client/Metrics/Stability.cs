using System.Collections.Frozen;

namespace Sampan.Client.Metrics;

/// <summary>
/// What upstream promises of a metric: names and labels of stable ones stay, those of beta ones mostly, of all others nothing.
/// Upstream: test/instrumentation/testdata/stable-metrics-list.yaml.
/// </summary>
internal static class Stability
{
    private static readonly FrozenSet<string> Stable = Names("""
        apiserver_admission_controller_admission_duration_seconds apiserver_admission_step_admission_duration_seconds
        apiserver_admission_webhook_admission_duration_seconds apiserver_current_inflight_requests apiserver_longrunning_requests
        apiserver_request_duration_seconds apiserver_request_total apiserver_requested_deprecated_apis apiserver_response_sizes
        apiserver_storage_objects apiserver_storage_size_bytes container_cpu_usage_seconds_total container_memory_working_set_bytes
        container_start_time_seconds cronjob_controller_job_creation_skew_duration_seconds job_controller_job_pods_finished_total
        job_controller_job_sync_duration_seconds job_controller_job_syncs_total job_controller_jobs_finished_total kube_pod_resource_limit
        kube_pod_resource_request kubernetes_healthcheck kubernetes_healthchecks_total node_collector_evictions_total
        node_cpu_usage_seconds_total node_memory_working_set_bytes pod_cpu_usage_seconds_total pod_memory_working_set_bytes
        resource_scrape_error scheduler_framework_extension_point_duration_seconds scheduler_pending_pods scheduler_pod_scheduling_attempts
        scheduler_preemption_attempts_total scheduler_preemption_victims scheduler_queue_incoming_pods_total scheduler_schedule_attempts_total
        scheduler_scheduling_attempt_duration_seconds
        """);

    private static readonly FrozenSet<string> Beta = Names("""
        apiserver_cel_compilation_duration_seconds apiserver_cel_evaluation_duration_seconds
        apiserver_validating_admission_policy_check_duration_seconds apiserver_validating_admission_policy_check_total prober_probe_total
        statefulset_controller_statefulset_max_unavailable statefulset_controller_statefulset_unavailable_replicas
        apiserver_flowcontrol_current_executing_requests apiserver_flowcontrol_current_executing_seats apiserver_flowcontrol_current_inqueue_requests
        apiserver_flowcontrol_dispatched_requests_total apiserver_flowcontrol_nominal_limit_seats apiserver_flowcontrol_rejected_requests_total
        apiserver_flowcontrol_request_wait_duration_seconds apiserver_request_sli_duration_seconds authenticated_user_requests
        authentication_duration_seconds etcd_requests_total kubernetes_build_info disabled_metrics_total hidden_metrics_total kubernetes_feature_enabled
        registered_metrics_total scheduler_pod_scheduling_sli_duration_seconds
        """);

    /// <summary>The version from which on another metric says the same; empty for one that is here to stay.</summary>
    public static string DeprecatedSince(string metric) => metric is "volume_operation_total_errors" or "etcd_bookmark_counts" ? "1.36.0" : "";

    public static string Of(string metric) => Stable.Contains(metric) ? "STABLE" : Beta.Contains(metric) ? "BETA" : "ALPHA";

    private static FrozenSet<string> Names(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
