using System.Security.Cryptography.X509Certificates;
using Sampan.Api.Core.V1;
using Sampan.Api.Rbac.V1;
using Sampan.Client;
using Sampan.Cluster.Server;

namespace Sampan.Cluster.Join;

/// <summary>
/// What the cluster shows and allows to machines that join, under kubeadm's names, so that `kubeadm join` finds it as well:
/// anyone may read the cluster's address and authority; who has a bootstrap token may ask for a node's certificate; nodes may
/// renew theirs.
/// </summary>
public static class JoinObjects
{
    public const string Bootstrappers = "system:bootstrappers:kubeadm:default-node-token";
    private const string InfoReaders = "kubeadm:bootstrap-signer-clusterinfo";
    private const string Group = "rbac.authorization.k8s.io";

    internal static async Task EnsureAsync(ApiClient client, ClusterOptions options, string authority, CancellationToken ct)
    {
        await SystemRoles.PutAsync(client, ClusterInfo(options, authority), ct);
        await SystemRoles.PutAsync(client, ClusterFacts.Of(options), ct);
        await SystemRoles.PutAsync(client, Reader(InfoReaders, "kube-public", "cluster-info"), ct);
        await SystemRoles.PutAsync(client, Reader(ClusterFacts.Name, ClusterFacts.Namespace, ClusterFacts.Name), ct);
        await SystemRoles.PutAsync(client, InNamespace(InfoReaders, "kube-public", new() { ApiGroup = Group, Kind = "User", Name = "system:anonymous" }), ct);
        await SystemRoles.PutAsync(client, InNamespace(ClusterFacts.Name, ClusterFacts.Namespace, OfGroup("system:nodes")), ct);
        await SystemRoles.PutAsync(client, Bind("kubeadm:kubelet-bootstrap", "system:node-bootstrapper", Bootstrappers), ct);
        await SystemRoles.PutAsync(
            client, Bind("kubeadm:node-autoapprove-bootstrap", "system:certificates.k8s.io:certificatesigningrequests:nodeclient", Bootstrappers), ct);
        await SystemRoles.PutAsync(
            client,
            Bind("kubeadm:node-autoapprove-certificate-rotation", "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", "system:nodes"),
            ct);
    }

    /// <summary>Makes a token that ends by itself.</summary>
    public static async Task<JoinToken> CreateTokenAsync(ApiClient client, X509Certificate2 authority, DateTimeOffset end, CancellationToken ct)
    {
        var token = JoinToken.Create(JoinToken.HashOf(authority));
        await new BootstrapTokens(client).CreateAsync(new(token.Id, token.Secret) { Expires = end, Description = "made by sampan to let a node join" }, ct);
        return token;
    }

    /// <summary>The command that joins a machine with a token.</summary>
    public static string Command(string server, JoinToken token) => $"sampan agent --server {server} --token {token}";

    private static ConfigMap ClusterInfo(ClusterOptions options, string authority) => new()
    {
        Metadata = new() { Name = "cluster-info", Namespace = "kube-public" },
        Data = new()
        {
            ["kubeconfig"] = KubeconfigFile.Render(new KubeconfigContext("sampan", options.ServerUrl) { CertificateAuthority = authority }),
        },
    };

    private static Role Reader(string name, string ns, string map) => new()
    {
        Metadata = new() { Name = name, Namespace = ns },
        Rules = [new() { ApiGroups = [""], Resources = ["configmaps"], ResourceNames = [map], Verbs = ["get"] }],
    };

    private static RoleBinding InNamespace(string name, string ns, Subject subject) => new()
    {
        Metadata = new() { Name = name, Namespace = ns },
        RoleRef = new() { ApiGroup = Group, Kind = "Role", Name = name },
        Subjects = [subject],
    };

    private static ClusterRoleBinding Bind(string name, string role, string group) => new()
    {
        Metadata = new() { Name = name },
        RoleRef = new() { ApiGroup = Group, Kind = "ClusterRole", Name = role },
        Subjects = [OfGroup(group)],
    };

    private static Subject OfGroup(string name) => new() { ApiGroup = Group, Kind = "Group", Name = name };
}
