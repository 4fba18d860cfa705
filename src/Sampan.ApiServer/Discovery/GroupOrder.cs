namespace Sampan.ApiServer.Discovery;

/// <summary>The order in which groups are listed, which decides between kinds of the same name: built-in groups come first.</summary>
internal static class GroupOrder
{
    private const int CustomPriority = 1000;

    private static readonly Dictionary<string, int> Priorities = new()
    {
        [""] = 18000,
        ["apiregistration.k8s.io"] = 17900,
        ["apps"] = 17800,
        ["events.k8s.io"] = 17750,
        ["authentication.k8s.io"] = 17700,
        ["authorization.k8s.io"] = 17600,
        ["autoscaling"] = 17500,
        ["batch"] = 17400,
        ["certificates.k8s.io"] = 17300,
        ["networking.k8s.io"] = 17200,
        ["policy"] = 17100,
        ["rbac.authorization.k8s.io"] = 17000,
        ["storage.k8s.io"] = 16800,
        ["admissionregistration.k8s.io"] = 16700,
        ["apiextensions.k8s.io"] = 16650,
        ["scheduling.k8s.io"] = 16600,
        ["coordination.k8s.io"] = 16500,
        ["node.k8s.io"] = 16300,
        ["discovery.k8s.io"] = 16200,
        ["resource.k8s.io"] = 16150,
        ["flowcontrol.apiserver.k8s.io"] = 16100,
        ["internal.apiserver.k8s.io"] = 16000,
        ["storagemigration.k8s.io"] = 15900,
    };

    /// <summary>Higher comes first.</summary>
    public static int PriorityOf(string group) => Priorities.GetValueOrDefault(group, CustomPriority);
}
