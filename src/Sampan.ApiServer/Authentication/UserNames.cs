namespace Sampan.ApiServer.Authentication;

/// <summary>The names and groups that Kubernetes reserves.</summary>
public static class UserNames
{
    public const string Anonymous = "system:anonymous";
    public const string ApiServer = "system:apiserver";
    public const string KubeControllerManager = "system:kube-controller-manager";
    public const string KubeScheduler = "system:kube-scheduler";
    public const string KubeProxy = "system:kube-proxy";
    public const string NodePrefix = "system:node:";
    public const string BootstrapPrefix = "system:bootstrap:";

    public const string MastersGroup = "system:masters";
    public const string NodesGroup = "system:nodes";
    public const string AuthenticatedGroup = "system:authenticated";
    public const string UnauthenticatedGroup = "system:unauthenticated";
    public const string BootstrappersGroup = "system:bootstrappers";
    public const string MonitoringGroup = "system:monitoring";
    public const string ClusterAdminsGroup = "kubeadm:cluster-admins";

    public const string ServiceAccountPrefix = "system:serviceaccount:";
    public const string ServiceAccountsGroup = "system:serviceaccounts";

    /// <summary><c>system:serviceaccount:&lt;namespace&gt;:&lt;name&gt;</c>.</summary>
    public static string ServiceAccount(string ns, string name) => $"{ServiceAccountPrefix}{ns}:{name}";

    /// <summary>The groups of every service account of the namespace.</summary>
    public static IReadOnlyList<string> ServiceAccountGroups(string ns) =>
        [ServiceAccountsGroup, $"{ServiceAccountsGroup}:{ns}"];

    /// <summary>The extra value that names the node of the pod to which a service account's token is bound.</summary>
    public const string NodeNameKey = "authentication.kubernetes.io/node-name";

    /// <summary>Splits a service account's user name; false when it is another kind of user.</summary>
    public static bool TrySplitServiceAccount(string userName, out string ns, out string name)
    {
        (ns, name) = ("", "");
        if (!userName.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal))
            return false;
        var parts = userName[ServiceAccountPrefix.Length..].Split(':');
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
            return false;
        (ns, name) = (parts[0], parts[1]);
        return true;
    }

    /// <summary>The node's name of a node user in <c>system:nodes</c>, or null.</summary>
    public static string? NodeName(UserInfo user) =>
        user.Name.StartsWith(NodePrefix, StringComparison.Ordinal) && user.Name.Length > NodePrefix.Length
            && user.IsInGroup(NodesGroup)
            ? user.Name[NodePrefix.Length..]
            : null;
}
