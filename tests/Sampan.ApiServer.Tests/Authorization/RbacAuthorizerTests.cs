using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Tests.Authorization;

public sealed class RbacAuthorizerTests : IDisposable
{
    private readonly FakeObjectSource _objects = new();
    private readonly RbacIndex _index;
    private readonly RbacAuthorizer _rbac;
    private readonly UserInfo _jane = new("jane", ["dev", "system:authenticated"]);

    public RbacAuthorizerTests()
    {
        _index = new RbacIndex(_objects);
        _rbac = new RbacAuthorizer(_index);
    }

    public void Dispose() => _index.Dispose();

    [Fact]
    public async Task Authorize_ClusterBindingOfGroup_AllowsEverywhereAndSaysWhy()
    {
        Role("view", new PolicyRule { Verbs = ["get", "list"], ApiGroups = [""], Resources = ["pods"] });
        Bind("devs", "view", new Subject { Kind = "Group", Name = "dev" });
        var decision = await Ask("list", "", "pods", "web");
        Assert.True(decision.IsAllowed);
        Assert.Equal("RBAC: allowed by ClusterRoleBinding \"devs\" of ClusterRole \"view\" to Group \"dev\"", decision.Reason);
        Assert.True((await Ask("list", "", "pods")).IsAllowed);
        Assert.False((await Ask("delete", "", "pods", "web")).IsAllowed);
        Assert.False((await Ask("list", "apps", "pods", "web")).IsAllowed);
    }

    [Fact]
    public async Task Authorize_RoleBinding_AllowsInItsNamespaceOnly()
    {
        Role("view", new PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"] });
        _objects.Set(new RoleBinding
        {
            Metadata = new() { Namespace = "web", Name = "devs" },
            RoleRef = new() { Kind = "ClusterRole", Name = "view" },
            Subjects = [new() { Kind = "User", Name = "jane" }],
        });
        var decision = await Ask("get", "", "pods", "web");
        Assert.Equal("RBAC: allowed by RoleBinding \"devs/web\" of ClusterRole \"view\" to User \"jane\"", decision.Reason);
        Assert.False((await Ask("get", "", "pods", "shop")).IsAllowed);
        Assert.False((await Ask("get", "", "pods")).IsAllowed);
        _objects.Remove<RoleBinding>("web", "devs");
        Assert.False((await Ask("get", "", "pods", "web")).IsAllowed);
    }

    [Fact]
    public async Task Authorize_BindingChangesSubjects_FollowsAtOnce()
    {
        Role("view", new PolicyRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] });
        Bind("b", "view", new Subject { Kind = "User", Name = "jane" });
        Assert.True((await Ask("get", "", "pods")).IsAllowed);
        Bind("b", "view", new Subject { Kind = "User", Name = "joe" });
        Assert.False((await Ask("get", "", "pods")).IsAllowed);
        Bind("b", "view", new Subject { Kind = "User", Name = "joe" }, new Subject { Kind = "User", Name = "jane" });
        Assert.True((await Ask("get", "", "pods")).IsAllowed);
        _objects.Remove<ClusterRole>(null, "view");
        var decision = await Ask("get", "", "pods");
        Assert.False(decision.IsAllowed);
        Assert.Equal("RBAC: clusterrole.rbac.authorization.k8s.io \"view\" not found", decision.Reason);
    }

    [Fact]
    public async Task Authorize_ServiceAccountSubject_IsItsUser()
    {
        Role("view", new PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"] });
        Bind("b", "view", new Subject { Kind = "ServiceAccount", Namespace = "web", Name = "robot" });
        var question = AuthorizerAttributes.ForResource(new UserInfo("system:serviceaccount:web:robot"), "get", "", "pods", "shop");
        var decision = await _rbac.AuthorizeAsync(question, default);
        Assert.Equal("RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"view\" to ServiceAccount \"robot/web\"", decision.Reason);
    }

    [Theory]
    [InlineData("pods", "pods", "", true)]
    [InlineData("pods", "pods", "log", false)]
    [InlineData("pods/log", "pods", "log", true)]
    [InlineData("pods/*", "pods", "log", false)]
    [InlineData("*/scale", "deployments", "scale", true)]
    [InlineData("*/scale", "deployments", "rescale", false)]
    [InlineData("*/scale", "deployments", "", false)]
    [InlineData("*", "deployments", "scale", true)]
    public async Task Authorize_Resource_MatchesAsUpstream(string rule, string resource, string subresource, bool isAllowed)
    {
        Role("r", new PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = [rule] });
        Bind("b", "r", new Subject { Kind = "User", Name = "jane" });
        var question = AuthorizerAttributes.ForResource(_jane, "get", "", resource, "web", "x", subresource);
        Assert.Equal(isAllowed, (await _rbac.AuthorizeAsync(question, default)).IsAllowed);
    }

    [Theory]
    [InlineData("/healthz", "/healthz", true)]
    [InlineData("/healthz", "/healthz/etcd", false)]
    [InlineData("/healthz/*", "/healthz/etcd", true)]
    [InlineData("/api*", "/apis/apps", true)]
    [InlineData("*", "/metrics", true)]
    public async Task Authorize_Path_MatchesSuffixStar(string rule, string path, bool isAllowed)
    {
        Role("r", new PolicyRule { Verbs = ["get"], NonResourceURLs = [rule] });
        Bind("b", "r", new Subject { Kind = "User", Name = "jane" });
        Assert.Equal(isAllowed, (await _rbac.AuthorizeAsync(AuthorizerAttributes.ForPath(_jane, "get", path), default)).IsAllowed);
    }

    [Fact]
    public async Task Authorize_ResourceNames_LimitToNames()
    {
        Role("r", new PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = ["secrets"], ResourceNames = ["a"] });
        Bind("b", "r", new Subject { Kind = "User", Name = "jane" });
        Assert.True((await Ask("get", "", "secrets", "web", "a")).IsAllowed);
        Assert.False((await Ask("get", "", "secrets", "web", "b")).IsAllowed);
        Assert.False((await Ask("get", "", "secrets", "web")).IsAllowed);
    }

    [Fact]
    public async Task Chain_Masters_MayDoAnything()
    {
        var chain = new AuthorizerChain(new AlwaysDeny());
        var master = new UserInfo("root", ["system:masters"]);
        Assert.True((await chain.AuthorizeAsync(AuthorizerAttributes.ForPath(master, "post", "/x"), default)).IsAllowed);
        Assert.False((await chain.AuthorizeAsync(AuthorizerAttributes.ForPath(_jane, "post", "/x"), default)).IsAllowed);
    }

    [Theory]
    [InlineData("web", "", "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"web\"")]
    [InlineData("", "", "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" at the cluster scope")]
    [InlineData("web", "x", "pods \"x\" is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"web\"")]
    public void Forbidden_Resource_ReadsAsUpstream(string ns, string name, string text)
    {
        var error = ForbiddenTexts.Exception(AuthorizerAttributes.ForResource(_jane, "list", "", "pods", ns, name), "");
        Assert.Equal((403, text), (error.Code, error.Message));
    }

    [Fact]
    public void Forbidden_GroupSubresourceAndReason_ReadAsUpstream()
    {
        var question = AuthorizerAttributes.ForResource(_jane, "update", "apps", "deployments", "web", "x", "scale");
        Assert.Equal(
            "deployments.apps \"x\" is forbidden: User \"jane\" cannot update resource \"deployments/scale\" in API group \"apps\" in the namespace \"web\": because",
            ForbiddenTexts.Exception(question, "because").Message);
        Assert.Equal(
            "forbidden: User \"&lt;b&gt;\" cannot get path \"/metrics\"",
            ForbiddenTexts.Exception(AuthorizerAttributes.ForPath(new UserInfo("<b>"), "get", "/metrics"), "").Message);
    }

    private void Role(string name, params List<PolicyRule> rules) =>
        _objects.Set(new ClusterRole { Metadata = new() { Name = name }, Rules = rules });

    private void Bind(string name, string role, params List<Subject> subjects) => _objects.Set(new ClusterRoleBinding
    {
        Metadata = new() { Name = name },
        RoleRef = new() { Kind = "ClusterRole", Name = role },
        Subjects = subjects,
    });

    private ValueTask<Decision> Ask(string verb, string group, string resource, string ns = "", string name = "") =>
        _rbac.AuthorizeAsync(AuthorizerAttributes.ForResource(_jane, verb, group, resource, ns, name), default);
}
