using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>Flags of upstream's kube-controller-manager that have nothing to set here.</summary>
internal static class ControllerManagerUpstreamFlags
{
    private const string NoLimit = "API priority and fairness keeps clients apart; there is no limit in them";
    private const string Watched = "changes are watched; nothing is synced by the clock";
    private const string OpenHealth = "health and metrics are served to whoever reaches --bind-address";

    public static IReadOnlyList<UpstreamFlag> All { get; } =
    [
        WithoutEffect("--kube-api-qps", NoLimit),
        WithoutEffect("--kube-api-burst", NoLimit),
        WithoutEffect("--kube-api-content-type", "objects travel as JSON"),
        WithoutEffect("--min-resync-period", Watched),
        WithoutEffect("--resource-quota-sync-period", Watched),
        WithoutEffect("--namespace-sync-period", Watched),
        WithoutEffect("--pvclaimbinder-sync-period", Watched),
        WithoutEffect("--attach-detach-reconcile-sync-period", Watched),
        WithoutEffect("--disable-attach-detach-reconcile-sync", Watched),
        WithoutEffect("--endpoint-updates-batch-period", "updates are written as they come"),
        WithoutEffect("--endpointslice-updates-batch-period", "updates are written as they come"),
        WithoutEffect("--mirroring-endpointslice-updates-batch-period", "updates are written as they come"),
        WithoutEffect("--controller-start-interval", "controllers start together"),
        WithoutEffect("--cluster-name", "nothing is named after the cluster"),
        WithoutEffect("--service-cluster-ip-range", "node ranges and Service ranges are kept apart by whoever chooses them"),
        WithoutEffect("--enable-dynamic-provisioning", "volumes are provisioned by CSI drivers"),
        WithoutEffect("--flex-volume-plugin-dir", "volumes are attached by CSI drivers"),
        WithoutEffect("--authentication-kubeconfig", OpenHealth),
        WithoutEffect("--authorization-kubeconfig", OpenHealth),
        WithoutEffect("--authorization-always-allow-paths", OpenHealth),
        WithoutEffect("--client-ca-file", OpenHealth),
        WithoutEffect("--requestheader-client-ca-file", OpenHealth),
        WithoutEffect("--requestheader-allowed-names", OpenHealth),
        WithoutEffect("--leader-elect-resource-lock", "leases are the lock"),
        WithoutEffect("--feature-gates", "features are on or off as in a default cluster"),
        WithoutEffect("--profiling", "use dotnet-counters and dotnet-trace"),
        WithoutEffect("--contention-profiling", "use dotnet-counters and dotnet-trace"),
        WithoutEffect("--logging-format", "logs are lines of text"),
        WithoutEffect("--tls-cipher-suites", "the host's OpenSSL settings decide"),
        Only("--enable-garbage-collector", "true"),
        Only("--configure-cloud-routes", "false"),
        Only("--cidr-allocator-type", "RangeAllocator"),
        Only("--max-endpoints-per-slice", "100"),
        Only("--mirroring-max-endpoints-per-subset", "1000"),
        Only("--legacy-service-account-token-clean-up-period", "8760h0m0s"),
        Only("--tls-min-version", "VersionTLS12"),
        Refused("--enable-hostpath-provisioner", "make PersistentVolumes for directories, or run a provisioner"),
        Refused("--cloud-provider", "run sampan cloud-controller-manager beside it"),
        Refused("--cloud-config", "run sampan cloud-controller-manager beside it"),
        Refused("--external-cloud-volume-plugin", "volumes are attached by CSI drivers"),
    ];
}
