using Sampan.Api.Core.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Authorization.Node;

namespace Sampan.ApiServer.Tests.Authorization;

public sealed class NodeAuthorizerTests : IDisposable
{
    private readonly FakeObjectSource _objects = new();
    private readonly NodePods _pods;
    private readonly NodeAuthorizer _authorizer;

    public NodeAuthorizerTests()
    {
        _pods = new NodePods(_objects);
        _authorizer = new NodeAuthorizer(new NodeGraph(_pods, _objects));
        _objects.Set(new Pod
        {
            Metadata = new() { Namespace = "web", Name = "nginx" },
            Spec = new()
            {
                NodeName = "one",
                ServiceAccountName = "robot",
                ImagePullSecrets = [new() { Name = "pull" }],
                Containers = [new() { Name = "c", EnvFrom = [new() { ConfigMapRef = new() { Name = "env" } }] }],
                Volumes =
                [
                    new() { Name = "v", Secret = new() { SecretName = "vol" } },
                    new() { Name = "d", PersistentVolumeClaim = new() { ClaimName = "data" } },
                ],
            },
        });
        _objects.Set(new PersistentVolumeClaim { Metadata = new() { Namespace = "web", Name = "data" }, Spec = new() { VolumeName = "pv-1" } });
        _objects.Set(new PersistentVolume
        {
            Metadata = new() { Name = "pv-1" },
            Spec = new() { Csi = new() { NodePublishSecretRef = new() { Namespace = "storage", Name = "csi" } } },
        });
    }

    public void Dispose() => _pods.Dispose();

    [Theory]
    [InlineData("get", "", "secrets", "web", "vol", true)]
    [InlineData("watch", "", "secrets", "web", "pull", true)]
    [InlineData("get", "", "secrets", "web", "other", false)]
    [InlineData("get", "", "secrets", "shop", "vol", false)]
    [InlineData("get", "", "secrets", "storage", "csi", true)]
    [InlineData("list", "", "secrets", "web", "", false)]
    [InlineData("update", "", "secrets", "web", "vol", false)]
    [InlineData("get", "", "configmaps", "web", "env", true)]
    [InlineData("get", "", "persistentvolumeclaims", "web", "data", true)]
    [InlineData("get", "", "persistentvolumes", "", "pv-1", true)]
    [InlineData("get", "", "persistentvolumes", "", "pv-2", false)]
    [InlineData("get", "", "nodes", "", "one", true)]
    [InlineData("get", "", "nodes", "", "two", false)]
    [InlineData("update", "coordination.k8s.io", "leases", "kube-node-lease", "one", true)]
    [InlineData("update", "coordination.k8s.io", "leases", "kube-node-lease", "two", false)]
    [InlineData("update", "coordination.k8s.io", "leases", "kube-system", "one", false)]
    [InlineData("get", "", "pods", "web", "nginx", true)]
    [InlineData("get", "", "pods", "web", "other", false)]
    [InlineData("list", "", "pods", "", "", false)]
    [InlineData("list", "", "services", "", "", true)]
    [InlineData("create", "", "events", "web", "", true)]
    [InlineData("delete", "", "services", "web", "x", false)]
    public async Task Authorize_Kubelet_SeesWhatItsPodsNeed(
        string verb, string group, string resource, string ns, string name, bool isAllowed)
    {
        var decision = await Ask("one", AuthorizerAttributes.ForResource(Node("one"), verb, group, resource, ns, name));
        Assert.Equal(isAllowed, decision.IsAllowed);
        Assert.NotEqual(DecisionKind.Denied, decision.Kind);
    }

    [Fact]
    public async Task Authorize_OtherNode_SaysThereIsNoRelationship()
    {
        var decision = await Ask("two", AuthorizerAttributes.ForResource(Node("two"), "get", "", "secrets", "web", "vol"));
        Assert.Equal("no relationship found between node 'two' and this object", decision.Reason);
    }

    [Fact]
    public async Task Authorize_Token_OnlyForAccountsOfItsPods()
    {
        var question = AuthorizerAttributes.ForResource(Node("one"), "create", "", "serviceaccounts", "web", "robot", "token");
        Assert.True((await Ask("one", question)).IsAllowed);
        Assert.False((await Ask("one", question with { Name = "default" })).IsAllowed);
        _objects.Remove<Pod>("web", "nginx");
        Assert.False((await Ask("one", question)).IsAllowed);
    }

    [Fact]
    public async Task Authorize_PodsOfNode_NeedTheSelector()
    {
        var question = AuthorizerAttributes.ForResource(Node("one"), "watch", "", "pods") with { FieldSelector = "spec.nodeName=one" };
        Assert.True((await Ask("one", question)).IsAllowed);
        Assert.False((await Ask("one", question with { FieldSelector = "spec.nodeName=two" })).IsAllowed);
    }

    [Fact]
    public async Task Authorize_NotANode_HasNoOpinion()
    {
        var user = new UserInfo("system:node:one", ["dev"]);
        var decision = await _authorizer.AuthorizeAsync(AuthorizerAttributes.ForResource(user, "list", "", "services"), default);
        Assert.Equal(DecisionKind.NoOpinion, decision.Kind);
    }

    private static UserInfo Node(string name) => new($"system:node:{name}", ["system:nodes"]);

    private ValueTask<Decision> Ask(string node, AuthorizerAttributes question) =>
        _authorizer.AuthorizeAsync(question with { User = Node(node) }, default);
}
