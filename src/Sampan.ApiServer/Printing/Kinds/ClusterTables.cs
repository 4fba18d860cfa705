using Sampan.Api;
using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Nodes, namespaces, events and the cluster's own parts.</summary>
internal static class ClusterTables
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static TableColumns Nodes { get; } = new TableColumns<Node>
    {
        Name<Node>(),
        Text<Node>("Status", "The state of the node.", StatusOf),
        Text<Node>("Roles", "The roles of the node.", n => CellText.OrNone(string.Join(',', Roles(n)))),
        Age<Node>(),
        Text<Node>("Version", "The version of the kubelet.", n => n.Status.NodeInfo?.KubeletVersion),
        Text<Node>("Internal-IP", "The address inside the cluster.", n => Address(n, "InternalIP")).Wide(),
        Text<Node>("External-IP", "The address outside the cluster.", n => Address(n, "ExternalIP")).Wide(),
        Text<Node>("OS-Image", "The operating system.", n => CellText.OrUnknown(n.Status.NodeInfo?.OsImage)).Wide(),
        Text<Node>("Kernel-Version", "The kernel.", n => CellText.OrUnknown(n.Status.NodeInfo?.KernelVersion)).Wide(),
        Text<Node>("Container-Runtime", "The container runtime and its version.", n => CellText.OrUnknown(n.Status.NodeInfo?.ContainerRuntimeVersion)).Wide(),
    };

    public static TableColumns Namespaces { get; } = new TableColumns<Namespace>
    {
        Name<Namespace>(),
        Text<Namespace>("Status", "The phase of the namespace.", n => n.Status.Phase),
        Age<Namespace>(),
    };

    public static TableColumns ComponentStatuses { get; } = new TableColumns<ComponentStatus>
    {
        Name<ComponentStatus>(),
        Text<ComponentStatus>("Status", "Whether the component is healthy.", HealthOf),
        Text<ComponentStatus>("Message", "What the check answered.", c => Healthy(c)?.Message),
        Text<ComponentStatus>("Error", "What went wrong.", c => Healthy(c)?.Error),
    };

    public static TableColumns ResourceQuotas { get; } = new TableColumns<ResourceQuota>
    {
        Name<ResourceQuota>(),
        Text<ResourceQuota>("Request", "What is used of the quota, for requests and counts.", q => Usage(q, limits: false)),
        Text<ResourceQuota>("Limit", "What is used of the quota, for limits.", q => Usage(q, limits: true)),
        Age<ResourceQuota>(),
    };

    private static string StatusOf(Node node)
    {
        string ready = node.Status.Conditions.OrEmpty().LastOrDefault(c => c.Type == "Ready") switch
        {
            null => "Unknown",
            { Status: "True" } => "Ready",
            _ => "NotReady",
        };
        return node.Spec.Unschedulable ? ready + ",SchedulingDisabled" : ready;
    }

    private static IEnumerable<string> Roles(Node node)
    {
        SortedSet<string> roles = new(StringComparer.Ordinal);
        foreach ((string key, string value) in node.Metadata.Labels.OrEmpty())
        {
            string role = key.StartsWith(RolePrefix, StringComparison.Ordinal) ? key[RolePrefix.Length..] : key == "kubernetes.io/role" ? value : "";
            if (role.Length > 0)
            {
                roles.Add(role);
            }
        }

        return roles;
    }

    private static string Address(Node node, string type) =>
        CellText.OrNone(node.Status.Addresses.OrEmpty().FirstOrDefault(address => address.Type == type)?.Address);

    private static ComponentCondition? Healthy(ComponentStatus component) => component.Conditions.OrEmpty().FirstOrDefault(c => c.Type == "Healthy");

    private static string HealthOf(ComponentStatus component) =>
        Healthy(component)?.Status switch { null => "Unknown", "True" => "Healthy", _ => "Unhealthy" };

    private static string Usage(ResourceQuota quota, bool limits)
    {
        IEnumerable<string> names = quota.Status.Hard.OrEmpty().Keys
            .Where(name => name.StartsWith("limits.", StringComparison.Ordinal) == limits)
            .Order(StringComparer.Ordinal);
        return string.Join(", ", names.Select(name => $"{name}: {Used(quota, name)}/{quota.Status.Hard![name]}"));
    }

    private static Quantity Used(ResourceQuota quota, string name) => quota.Status.Used.OrEmpty().TryGetValue(name, out Quantity used) ? used : default;
}
