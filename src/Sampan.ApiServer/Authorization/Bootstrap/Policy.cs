using Sampan.Api.Meta.V1;
using Sampan.Api.Rbac.V1;

namespace Sampan.ApiServer.Authorization.Bootstrap;

/// <summary>
/// The words in which the default policy is written. Lists are texts with blanks between, sorted in the objects as upstream's are;
/// "core" stands for the group without a name.
/// </summary>
internal static class Policy
{
    public const string Read = "get list watch";
    public const string ReadUpdate = "get list watch update patch";
    public const string Write = "create update patch delete deletecollection";
    public const string ReadWrite = "get list watch create update patch delete deletecollection";

    private const string Group = "rbac.authorization.k8s.io";

    public static PolicyRule Rule(string verbs, string groups, string resources, string? names = null) => new()
    {
        Verbs = Sorted(verbs),
        ApiGroups = [.. Words(groups).Select(g => g == "core" ? "" : g).Order(StringComparer.Ordinal)],
        Resources = Sorted(resources),
        ResourceNames = names is null ? null : Sorted(names),
    };

    public static PolicyRule Urls(string verbs, string urls) => new() { Verbs = Sorted(verbs), NonResourceURLs = Sorted(urls) };

    public static PolicyRule Events() => Rule("create update patch", "core events.k8s.io", "events");

    public static ClusterRole ClusterRole(string name, params List<PolicyRule> rules) =>
        new() { Metadata = Metadata(name), Rules = rules };

    /// <summary>A role that the aggregation controller fills from roles with the label.</summary>
    public static ClusterRole Aggregated(string name, string? aggregateTo = null) => Labeled(
        new ClusterRole
        {
            Metadata = Metadata(name),
            AggregationRule = new AggregationRule
            {
                ClusterRoleSelectors = [new LabelSelector { MatchLabels = new() { [AggregateLabel(name)] = "true" } }],
            },
        },
        aggregateTo);

    /// <summary>A role that becomes part of an aggregated one.</summary>
    public static ClusterRole PartOf(string aggregateTo, params List<PolicyRule> rules) =>
        Labeled(ClusterRole($"system:aggregate-to-{aggregateTo}", rules), aggregateTo);

    public static Role Role(string ns, string name, params List<PolicyRule> rules) =>
        new() { Metadata = Metadata(name, ns), Rules = rules };

    /// <summary>A binding with the role's name.</summary>
    public static ClusterRoleBinding Bind(string role, params List<Subject> subjects) => BindAs(role, role, subjects);

    public static ClusterRoleBinding BindAs(string name, string role, params List<Subject> subjects) => new()
    {
        Metadata = Metadata(name),
        RoleRef = new RoleRef { ApiGroup = Group, Kind = "ClusterRole", Name = role },
        Subjects = subjects.Count == 0 ? null : subjects,
    };

    public static RoleBinding BindIn(string ns, string name, string role, params List<Subject> subjects) => new()
    {
        Metadata = Metadata(name, ns),
        RoleRef = new RoleRef { ApiGroup = Group, Kind = "Role", Name = role },
        Subjects = subjects,
    };

    public static Subject User(string name) => new() { Kind = "User", ApiGroup = Group, Name = name };

    public static Subject Members(string group) => new() { Kind = "Group", ApiGroup = Group, Name = group };

    public static Subject Account(string name) => new() { Kind = "ServiceAccount", Namespace = "kube-system", Name = name };

    private static ObjectMeta Metadata(string name, string ns = "") => new()
    {
        Name = name,
        Namespace = ns,
        Labels = new() { ["kubernetes.io/bootstrapping"] = "rbac-defaults" },
        Annotations = new() { [PolicyReconciler.AutoUpdate] = "true" },
    };

    private static ClusterRole Labeled(ClusterRole role, string? aggregateTo)
    {
        if (aggregateTo is not null)
            role.Metadata.Labels![AggregateLabel(aggregateTo)] = "true";
        return role;
    }

    private static string AggregateLabel(string role) => $"{Group}/aggregate-to-{role}";

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Sorted(string text) => [.. Words(text).Order(StringComparer.Ordinal)];
}
