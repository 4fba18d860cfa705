using System.CommandLine;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>How many objects each controller works on at once, under upstream's flag names.</summary>
internal sealed class ConcurrencyFlags
{
    private readonly (string Controller, Option<int?> Flag)[] _flags =
    [
        Of("cronjob-controller", "--concurrent-cron-job-syncs"),
        Of("daemonset-controller", "--concurrent-daemonset-syncs"),
        Of("deployment-controller", "--concurrent-deployment-syncs"),
        Of("device-taint-eviction-controller", "--concurrent-device-taint-eviction-syncs"),
        Of("disruption-controller", "--concurrent-disruption-syncs"),
        Of("endpoints-controller", "--concurrent-endpoint-syncs"),
        Of("endpointslice-controller", "--concurrent-service-endpoint-syncs"),
        Of("endpointslice-mirroring-controller", "--mirroring-concurrent-service-endpoint-syncs"),
        Of("ephemeral-volume-controller", "--concurrent-ephemeralvolume-syncs"),
        Of("garbage-collector-controller", "--concurrent-gc-syncs"),
        Of("horizontal-pod-autoscaler-controller", "--concurrent-horizontal-pod-autoscaler-syncs"),
        Of("job-controller", "--concurrent-job-syncs"),
        Of("namespace-controller", "--concurrent-namespace-syncs"),
        Of("replicaset-controller", "--concurrent-replicaset-syncs"),
        Of("replicationcontroller-controller", "--concurrent-rc-syncs"),
        Of("resourceclaim-controller", "--concurrent-resource-claim-syncs"),
        Of("resourcequota-controller", "--concurrent-resource-quota-syncs"),
        Of("serviceaccount-token-controller", "--concurrent-serviceaccount-token-syncs"),
        Of("statefulset-controller", "--concurrent-statefulset-syncs"),
        Of("ttl-after-finished-controller", "--concurrent-ttl-after-finished-syncs"),
        Of("validatingadmissionpolicy-status-controller", "--concurrent-validating-admission-policy-status-syncs"),
    ];

    public void AddTo(Command command)
    {
        foreach (var (_, flag) in _flags) command.Options.Add(flag);
    }

    /// <summary>The numbers that were given, by controller.</summary>
    /// <exception cref="HostException">A controller that works on nothing would do nothing.</exception>
    public Dictionary<string, int> Workers(ParseResult result)
    {
        var workers = new Dictionary<string, int>();
        foreach (var (controller, flag) in _flags)
        {
            if (result.GetValue(flag) is not { } number) continue;
            workers[controller] = number > 0 ? number : throw new HostException($"{flag.Name} must be greater than 0, but got {number}");
        }

        return workers;
    }

    private static (string Controller, Option<int?> Flag) Of(string controller, string flag) =>
        (controller, new Option<int?>(flag) { Description = $"How many objects {controller} works on at once." });
}
