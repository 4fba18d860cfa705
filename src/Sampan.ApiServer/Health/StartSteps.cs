using System.Collections.Concurrent;

namespace Sampan.ApiServer.Health;

/// <summary>What has to be done once after the start, each a check until it is. The names are upstream's.</summary>
internal sealed class StartSteps
{
    public const string SystemNamespaces = "poststarthook/start-system-namespaces-controller";
    public const string PriorityClasses = "poststarthook/scheduling/bootstrap-system-priority-classes";
    public const string Roles = "poststarthook/rbac/bootstrap-roles";
    public const string AuthenticationInfo = "poststarthook/start-cluster-authentication-info-controller";
    public const string Bootstrap = "poststarthook/bootstrap-controller";
    public const string IdentityLease = "poststarthook/start-kube-apiserver-identity-lease-controller";
    public const string IdentityCleanup = "poststarthook/start-kube-apiserver-identity-lease-garbage-collector";
    public const string LegacyTokenTracking = "poststarthook/start-legacy-token-tracking-controller";
    public const string FlowControl = "poststarthook/priority-and-fairness-config-consumer";
    public const string FlowControlObjects = "poststarthook/priority-and-fairness-config-producer";
    public const string ServiceNetworks = "poststarthook/start-kubernetes-service-cidr-controller";
    public const string ServiceRepair = "poststarthook/start-service-ip-repair-controllers";

    private readonly ConcurrentDictionary<string, bool> _done = new();

    public IReadOnlyList<HealthCheck> Checks { get; init; } = [];

    public StartSteps() => Checks =
    [
        .. new[]
        {
            FlowControl, SystemNamespaces, AuthenticationInfo, IdentityLease, IdentityCleanup, LegacyTokenTracking, ServiceRepair, Roles,
            PriorityClasses, FlowControlObjects, Bootstrap, ServiceNetworks,
        }
            .Select(name => new HealthCheck(name, _ => new(_done.ContainsKey(name) ? null : "not finished"))),
    ];

    public void Done(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _done[name] = true;
        }
    }
}
