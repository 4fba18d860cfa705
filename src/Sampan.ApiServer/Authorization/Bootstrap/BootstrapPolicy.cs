using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using static Sampan.ApiServer.Authorization.Bootstrap.Policy;

namespace Sampan.ApiServer.Authorization.Bootstrap;

/// <summary>All roles and bindings that a new cluster starts with.</summary>
internal static class BootstrapPolicy
{
    private const string System = "kube-system";
    private const string Public = "kube-public";
    private const string Signer = "system:controller:bootstrap-signer";
    private const string CloudProvider = "system:controller:cloud-provider";
    private const string TokenCleaner = "system:controller:token-cleaner";
    private const string ManagerLock = "system::leader-locking-kube-controller-manager";
    private const string SchedulerLock = "system::leader-locking-kube-scheduler";
    private const string AuthenticationReader = "extension-apiserver-authentication-reader";

    public static IEnumerable<ClusterRole> ClusterRoles => BootstrapClusterRoles.All.Concat(ControllerRoles.All);

    public static IEnumerable<ClusterRoleBinding> ClusterRoleBindings =>
    [
        Bind("cluster-admin", Members(UserNames.MastersGroup)),
        // Upstream's kubeadm makes this one: the certificates of a cluster's administrators name the group.
        BindAs(UserNames.ClusterAdminsGroup, "cluster-admin", Members(UserNames.ClusterAdminsGroup)),
        Bind("system:monitoring", Members(UserNames.MonitoringGroup)),
        Bind("system:discovery", Members(UserNames.AuthenticatedGroup)),
        Bind("system:basic-user", Members(UserNames.AuthenticatedGroup)),
        Bind("system:public-info-viewer", Members(UserNames.AuthenticatedGroup), Members(UserNames.UnauthenticatedGroup)),
        Bind("system:node-proxier", User(UserNames.KubeProxy)),
        Bind("system:kube-controller-manager", User(UserNames.KubeControllerManager)),
        Bind("system:kube-dns", Account("kube-dns")),
        Bind("system:kube-scheduler", User(UserNames.KubeScheduler)),
        Bind("system:volume-scheduler", User(UserNames.KubeScheduler)),
        Bind("system:node"),
        Bind("system:service-account-issuer-discovery", Members(UserNames.ServiceAccountsGroup)),
        .. ControllerRoles.Bindings,
    ];

    public static IEnumerable<Role> Roles =>
    [
        Role(System, AuthenticationReader, Rule(Read, "core", "configmaps", "extension-apiserver-authentication")),
        Role(System, Signer, Rule(Read, "core", "secrets")),
        Role(System, CloudProvider, Rule("create get list watch", "core", "configmaps")),
        Role(System, TokenCleaner, Rule("get list watch delete", "core", "secrets"), Events()),
        Role(
            System, ManagerLock,
            Rule("watch", "core", "configmaps"),
            Rule("get update", "core", "configmaps", "kube-controller-manager")),
        Role(
            System, SchedulerLock,
            Rule("watch", "core", "configmaps"),
            Rule("get update", "core", "configmaps", "kube-scheduler")),
        Role(
            Public, Signer,
            Rule(Read, "core", "configmaps"),
            Rule("update", "core", "configmaps", "cluster-info"),
            Events()),
    ];

    public static IEnumerable<RoleBinding> RoleBindings =>
    [
        BindIn(
            System, "system::extension-apiserver-authentication-reader", AuthenticationReader,
            User(UserNames.KubeControllerManager), User(UserNames.KubeScheduler)),
        BindIn(System, ManagerLock, ManagerLock, User(UserNames.KubeControllerManager), Account("kube-controller-manager")),
        BindIn(System, SchedulerLock, SchedulerLock, User(UserNames.KubeScheduler), Account("kube-scheduler")),
        BindIn(System, Signer, Signer, Account("bootstrap-signer")),
        BindIn(System, CloudProvider, CloudProvider, Account("cloud-provider")),
        BindIn(System, TokenCleaner, TokenCleaner, Account("token-cleaner")),
        BindIn(Public, Signer, Signer, Account("bootstrap-signer")),
    ];
}
