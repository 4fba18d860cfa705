using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using Sampan.Client;

namespace Sampan.Cluster.Server;

/// <summary>
/// Permissions beyond upstream's default roles: the administrators' group, as kubeadm binds it, and the node agent (pod
/// network, proxy, DNS).
/// </summary>
internal static class SystemRoles
{
    public const string NodeAgent = "system:sampan:node-agent";
    public static readonly UserInfo MetricsServer = new("system:metrics-server", []);
    public const string VolumeProvisioner = "system:sampan:local-path-provisioner";
    public static readonly UserInfo CloudControllers = new("system:cloud-controller-manager", []);
    private const string ClusterAdmins = "kubeadm:cluster-admins";

    public static async Task EnsureAsync(ApiClient client, CancellationToken ct)
    {
        await PutAsync(client, new ClusterRoleBinding
        {
            Metadata = new() { Name = ClusterAdmins },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "cluster-admin" },
            Subjects = [new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Group", Name = ClusterAdmins }],
        }, ct);
        await GrantMetricsAsync(client, ct);
        await GrantCloudAsync(client, ct);
        await PutAsync(client, new ClusterRole
        {
            Metadata = new() { Name = NodeAgent },
            Rules =
            [
                Rule([""], ["services", "nodes", "namespaces", "endpoints", "pods"], "get", "list", "watch"),
                Rule(["discovery.k8s.io"], ["endpointslices"], "get", "list", "watch"),
                Rule(["networking.k8s.io"], ["networkpolicies", "servicecidrs"], "get", "list", "watch"),
                Rule(["", "events.k8s.io"], ["events"], "create", "patch", "update"),
            ],
        }, ct);
        await PutAsync(client, new ClusterRoleBinding
        {
            Metadata = new() { Name = NodeAgent },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = NodeAgent },
            Subjects = [User(), Nodes()],
        }, ct);
        await PutAsync(client, new ClusterRole
        {
            Metadata = new() { Name = VolumeProvisioner },
            Rules =
            [
                Rule([""], ["persistentvolumes"], "get", "list", "watch", "create", "delete"),
                Rule([""], ["persistentvolumeclaims", "nodes"], "get", "list", "watch"),
                Rule([""], ["nodes/proxy"], "update", "delete"),
                Rule(["storage.k8s.io"], ["storageclasses"], "get", "list", "watch"),
                Rule(["", "events.k8s.io"], ["events"], "create", "patch", "update"),
            ],
        }, ct);
        await PutAsync(client, new ClusterRoleBinding
        {
            Metadata = new() { Name = VolumeProvisioner },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = VolumeProvisioner },
            Subjects = [User(VolumeProvisioner)],
        }, ct);
        await PutAsync(client, new Role
        {
            Metadata = new() { Name = NodeAgent, Namespace = "kube-system" },
            Rules =
            [
                Rule([""], ["services"], "create", "update", "patch"),
                Rule(["discovery.k8s.io"], ["endpointslices"], "create", "update", "patch", "delete"),
                new() { ApiGroups = [""], Resources = ["configmaps"], ResourceNames = ["kube-dns"], Verbs = ["get", "list", "watch"] },
            ],
        }, ct);
        await PutAsync(client, new RoleBinding
        {
            Metadata = new() { Name = NodeAgent, Namespace = "kube-system" },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = NodeAgent },
            Subjects = [User(), Nodes()],
        }, ct);
    }

    /// <summary>The metrics server reads kubelets; whoever may view a namespace may see what its pods use.</summary>
    private static async Task GrantMetricsAsync(ApiClient client, CancellationToken ct)
    {
        await PutAsync(client, new ClusterRole
        {
            Metadata = new() { Name = MetricsServer.Name },
            Rules = [Rule([""], ["nodes", "pods"], "get", "list", "watch"), Rule([""], ["nodes/metrics", "nodes/proxy"], "get")],
        }, ct);
        await PutAsync(client, new ClusterRoleBinding
        {
            Metadata = new() { Name = MetricsServer.Name },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = MetricsServer.Name },
            Subjects = [new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = MetricsServer.Name }],
        }, ct);
        const string aggregate = "rbac.authorization.k8s.io/aggregate-to-";
        await PutAsync(client, new ClusterRole
        {
            Metadata = new() { Name = "system:aggregated-metrics-reader", Labels = new() { [aggregate + "view"] = "true", [aggregate + "edit"] = "true", [aggregate + "admin"] = "true" } },
            Rules = [Rule(["metrics.k8s.io"], ["pods", "nodes"], "get", "list", "watch")],
        }, ct);
    }

    /// <summary>As upstream's providers ask for: nodes are told what they run on, Services where they are reached.</summary>
    private static async Task GrantCloudAsync(ApiClient client, CancellationToken ct)
    {
        await PutAsync(client, new ClusterRole
        {
            Metadata = new() { Name = CloudControllers.Name },
            Rules =
            [
                Rule([""], ["nodes"], "get", "list", "watch", "update", "patch", "delete"),
                Rule([""], ["services"], "get", "list", "watch", "update", "patch"),
                Rule([""], ["nodes/status", "services/status"], "update", "patch"),
                Rule(["", "events.k8s.io"], ["events"], "create", "patch", "update"),
            ],
        }, ct);
        await PutAsync(client, new ClusterRoleBinding
        {
            Metadata = new() { Name = CloudControllers.Name },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = CloudControllers.Name },
            Subjects = [new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = CloudControllers.Name }],
        }, ct);
    }

    private static PolicyRule Rule(List<string> groups, List<string> resources, params List<string> verbs) =>
        new() { ApiGroups = groups, Resources = resources, Verbs = verbs };

    private static Subject User(string name = NodeAgent) => new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = name };

    /// <summary>Joined nodes do the same work with their own names.</summary>
    private static Subject Nodes() => new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Group", Name = "system:nodes" };

    /// <summary>Creates an object, or gives it the wanted content.</summary>
    internal static async Task PutAsync<T>(ApiClient client, T wanted, CancellationToken ct) where T : class, Api.IObject<T>
    {
        if (await client.Of<T>().FindAsync(wanted.Metadata.Namespace, wanted.Metadata.Name!, ct) is not { } found)
        {
            await client.Of<T>().CreateAsync(wanted, ct);
            return;
        }

        // A cluster of an earlier version gets what this one needs.
        wanted.Metadata.ResourceVersion = found.Metadata.ResourceVersion;
        await client.Of<T>().UpdateAsync(wanted, ct);
    }
}
