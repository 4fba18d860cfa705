using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>Flags of upstream's kube-controller-manager that have nothing to set here.</summary>
internal static class ControllerManagerUpstreamFlags
{
    private const string Watched = "changes are watched; nothing is synced by the clock";
    private const string Cloud = "sampan cloud-controller-manager does that";

    public static IReadOnlyList<UpstreamFlag> All { get; } =
    [
        .. ServingUpstreamFlags.All,
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
        WithoutEffect("--controller-shutdown-timeout", "controllers end at once: what they were at is taken up again"),
        WithoutEffect("--node-sync-period", Cloud),
        WithoutEffect("--route-reconciliation-period", Cloud),
        WithoutEffect("--concurrent-service-syncs", Cloud),
        WithoutEffect("--cluster-name", "nothing is named after the cluster"),
        WithoutEffect("--enable-dynamic-provisioning", "volumes are provisioned by CSI drivers"),
        WithoutEffect("--flex-volume-plugin-dir", "volumes are attached by CSI drivers"),
        WithoutEffect("--configure-cloud-routes", Cloud),
        Only("--cidr-allocator-type", "RangeAllocator"),
        Only("--mirroring-max-endpoints-per-subset", "1000"),
        Only("--enable-hostpath-provisioner", "false"),
        Only("--enable-leader-migration", "false"),
        Refused("--leader-migration-config", "controllers of the cloud have a lease of their own from the start"),
        Only("--cloud-provider", "external"),
        WithoutEffect("--concurrent-disruption-stalepod-syncs", "one worker keeps up with pods that were to be disrupted and were not"),
        WithoutEffect("--volume-host-allow-local-loopback", "nothing is dialled for a volume"),
        WithoutEffect("--volume-host-cidr-denylist", "nothing is dialled for a volume"),
        Refused("--cloud-config", "run sampan cloud-controller-manager beside it"),
        Refused("--external-cloud-volume-plugin", "volumes are attached by CSI drivers"),
    ];
}
