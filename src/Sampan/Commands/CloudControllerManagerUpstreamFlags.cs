using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>Flags of upstream's cloud-controller-manager that have nothing to set here.</summary>
internal static class CloudControllerManagerUpstreamFlags
{
    public static IReadOnlyList<UpstreamFlag> All { get; } =
    [
        .. ServingUpstreamFlags.All,
        WithoutEffect("--min-resync-period", "changes are watched; nothing is synced by the clock"),
        WithoutEffect("--node-sync-period", "changes are watched; nothing is synced by the clock"),
        WithoutEffect("--controller-start-interval", "controllers start together"),
        WithoutEffect("--concurrent-node-syncs", "five nodes are worked on at once"),
        WithoutEffect("--concurrent-node-status-update-syncs", "five nodes are worked on at once"),
        WithoutEffect("--allocate-node-cidrs", "sampan kube-controller-manager does that"),
        WithoutEffect("--cidr-allocator-type", "sampan kube-controller-manager does that"),
        WithoutEffect("--cluster-name", "nothing is named after the cluster"),
        WithoutEffect("--use-service-account-credentials", "its controllers work as the user of --kubeconfig"),
        Only("--allow-untagged-cloud", "true"),
        Refused("--cloud-config", "the local provider is set by --load-balancer-cidr"),
        Refused("--enable-leader-migration", "controllers of the cloud have a lease of their own from the start"),
        Refused("--leader-migration-config", "controllers of the cloud have a lease of their own from the start"),
        Refused("--webhooks", "the local provider has none"),
    ];
}
