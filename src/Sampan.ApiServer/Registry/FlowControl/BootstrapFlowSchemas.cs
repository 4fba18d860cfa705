using Sampan.Api.FlowControl.V1;

namespace Sampan.ApiServer.Registry.FlowControl;

/// <summary>The flow schemas that every cluster has. Upstream: apiserver/pkg/apis/flowcontrol/bootstrap/default.go.</summary>
internal static class BootstrapFlowSchemas
{
    private const string ByUser = "ByUser";
    private const string ByNamespace = "ByNamespace";
    private const string Controllers = "system:kube-controller-manager";
    private const string Scheduler = "system:kube-scheduler";

    private static readonly string[] Any = ["*"];
    private static readonly string[] LeaseVerbs = ["get", "create", "update"];
    private static readonly string[] Everybody = ["system:unauthenticated", "system:authenticated"];

    /// <summary>Schemas that flow control cannot do without; their specs are fixed.</summary>
    public static IReadOnlyList<FlowSchema> Mandatory { get; } =
    [
        New("exempt", "exempt", 1, null, Everything(Groups("system:masters"))),
        New("catch-all", "catch-all", 10000, ByUser, Everything(Groups(Everybody))),
    ];

    /// <summary>Schemas that a cluster starts with; administrators may change them.</summary>
    public static IReadOnlyList<FlowSchema> Suggested { get; } =
    [
        New("system-nodes", "system", 500, ByUser, Everything(Groups("system:nodes"))),
        New("system-node-high", "node-high", 400, ByUser, new()
        {
            Subjects = Groups("system:nodes"),
            ResourceRules = [Resources(Any, [""], ["nodes", "nodes/status"], true), Resources(Any, ["coordination.k8s.io"], ["leases"], false)],
        }),
        New("probes", "exempt", 2, null, new()
        {
            Subjects = Groups(Everybody),
            NonResourceRules = [new() { Verbs = ["get"], NonResourceURLs = ["/healthz", "/readyz", "/livez"] }],
        }),
        New("system-leader-election", "leader-election", 100, ByUser, new()
        {
            Subjects = [.. Users(Controllers, Scheduler), .. SystemAccounts("*")],
            ResourceRules = [Resources(LeaseVerbs, ["coordination.k8s.io"], ["leases"], false)],
        }),
        New("endpoint-controller", "workload-high", 150, ByUser, new()
        {
            Subjects = [.. Users(Controllers), .. SystemAccounts("endpoint-controller", "endpointslicemirroring-controller")],
            ResourceRules = [Resources(LeaseVerbs, [""], ["endpoints"], false)],
        }),
        New("workload-leader-election", "leader-election", 200, ByUser, new()
        {
            Subjects = SystemAccounts("*"),
            ResourceRules =
            [
                Resources(LeaseVerbs, [""], ["endpoints", "configmaps"], false), Resources(LeaseVerbs, ["coordination.k8s.io"], ["leases"], false),
            ],
        }),
        New("kube-controller-manager", "workload-high", 800, ByNamespace, Everything(Users(Controllers))),
        New("kube-scheduler", "workload-high", 800, ByNamespace, Everything(Users(Scheduler))),
        New("kube-system-service-accounts", "workload-high", 900, ByNamespace, Everything(SystemAccounts("*"))),
        New("service-accounts", "workload-low", 9000, ByUser, Everything(Groups("system:serviceaccounts"))),
        New("global-default", "global-default", 9900, ByUser, Everything(Groups(Everybody))),
    ];

    public static FlowSchema? FindMandatory(string name) => Mandatory.FirstOrDefault(one => one.Metadata.Name == name);

    private static FlowSchema New(string name, string level, int precedence, string? distinguisher, PolicyRulesWithSubjects rule) => new()
    {
        Metadata = new() { Name = name },
        Spec = new()
        {
            PriorityLevelConfiguration = new() { Name = level },
            MatchingPrecedence = precedence,
            DistinguisherMethod = distinguisher is null ? null : new() { Type = distinguisher },
            Rules = [rule],
        },
    };

    private static PolicyRulesWithSubjects Everything(List<Subject> subjects) => new()
    {
        Subjects = subjects,
        ResourceRules = [Resources(Any, Any, Any, true)],
        NonResourceRules = [new() { Verbs = ["*"], NonResourceURLs = ["*"] }],
    };

    private static ResourcePolicyRule Resources(string[] verbs, string[] groups, string[] resources, bool clusterScope) => new()
    {
        Verbs = [.. verbs], ApiGroups = [.. groups], Resources = [.. resources], Namespaces = ["*"], ClusterScope = clusterScope,
    };

    private static List<Subject> Groups(params string[] names) => [.. names.Select(name => new Subject { Kind = "Group", Group = new() { Name = name } })];

    private static List<Subject> Users(params string[] names) => [.. names.Select(name => new Subject { Kind = "User", User = new() { Name = name } })];

    private static List<Subject> SystemAccounts(params string[] names) =>
        [.. names.Select(name => new Subject { Kind = "ServiceAccount", ServiceAccount = new() { Name = name, Namespace = "kube-system" } })];
}
