using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Authorization.Bootstrap;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Tests.Authorization;

public sealed class PolicyReconcilerTests
{
    private readonly FakeObjectSource _objects = new();
    private readonly Store _store;

    public PolicyReconcilerTests() => _store = new Store(_objects);

    [Fact]
    public async Task Reconcile_Twice_WritesOnce()
    {
        await new PolicyReconciler(_store).ReconcileAsync(default);
        Assert.True(_store.Writes > 120);
        _store.Writes = 0;
        await new PolicyReconciler(_store).ReconcileAsync(default);
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task Reconcile_RemovedPermissions_ComeBackAndAddedOnesStay()
    {
        await new PolicyReconciler(_store).ReconcileAsync(default);
        var role = _objects.Get<ClusterRole>(null, "system:basic-user")!.DeepClone();
        role.Rules = [new PolicyRule { Verbs = ["get"], ApiGroups = ["x"], Resources = ["y"] }];
        _objects.Set(role);
        await new PolicyReconciler(_store).ReconcileAsync(default);
        var rules = _objects.Get<ClusterRole>(null, "system:basic-user")!.Rules!;
        Assert.Equal(3, rules.Count);
        Assert.Equal(["x"], rules[0].ApiGroups);
    }

    [Fact]
    public async Task Reconcile_AutoUpdateOff_IsLeftAlone()
    {
        var role = new ClusterRole
        {
            Metadata = new() { Name = "system:basic-user", Annotations = new() { [PolicyReconciler.AutoUpdate] = "false" } },
        };
        _objects.Set(role);
        await new PolicyReconciler(_store).ReconcileAsync(default);
        Assert.Same(role, _objects.Get<ClusterRole>(null, "system:basic-user"));
    }

    [Fact]
    public async Task Reconcile_BindingOfOtherRole_IsMadeAnew()
    {
        _objects.Set(new ClusterRoleBinding
        {
            Metadata = new() { Name = "system:monitoring" },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "cluster-admin" },
        });
        await new PolicyReconciler(_store).ReconcileAsync(default);
        Assert.Equal("system:monitoring", _objects.Get<ClusterRoleBinding>(null, "system:monitoring")!.RoleRef.Name);
    }

    [Fact]
    public async Task DefaultPolicy_Anonymous_ReadsHealthAndVersionOnly()
    {
        await new PolicyReconciler(_store).ReconcileAsync(default);
        using var index = new RbacIndex(_objects);
        var rbac = new RbacAuthorizer(index);
        Assert.True((await rbac.AuthorizeAsync(AuthorizerAttributes.ForPath(UserInfo.Anonymous, "get", "/healthz"), default)).IsAllowed);
        Assert.True((await rbac.AuthorizeAsync(AuthorizerAttributes.ForPath(UserInfo.Anonymous, "get", "/version"), default)).IsAllowed);
        Assert.False((await rbac.AuthorizeAsync(AuthorizerAttributes.ForPath(UserInfo.Anonymous, "get", "/api"), default)).IsAllowed);
        var scheduler = new UserInfo("system:kube-scheduler", ["system:authenticated"]);
        Assert.True((await rbac.AuthorizeAsync(AuthorizerAttributes.ForPath(scheduler, "get", "/apis/apps"), default)).IsAllowed);
        Assert.True((await rbac.AuthorizeAsync(
            AuthorizerAttributes.ForResource(scheduler, "create", "", "pods", "web", "x", "binding"), default)).IsAllowed);
        var controller = new UserInfo("system:serviceaccount:kube-system:deployment-controller");
        Assert.True((await rbac.AuthorizeAsync(
            AuthorizerAttributes.ForResource(controller, "create", "apps", "replicasets", "web"), default)).IsAllowed);
    }

    private sealed class Store(FakeObjectSource objects) : IPolicyStore
    {
        public int Writes { get; set; }

        public ValueTask<T?> FindAsync<T>(string? ns, string name, CancellationToken cancellationToken)
            where T : class, IObject<T> => ValueTask.FromResult(objects.Get<T>(ns, name));

        public ValueTask CreateAsync<T>(T value, CancellationToken cancellationToken)
            where T : class, IObject<T> => UpdateAsync(value, cancellationToken);

        public ValueTask UpdateAsync<T>(T value, CancellationToken cancellationToken)
            where T : class, IObject<T>
        {
            Writes++;
            objects.Set(value);
            return ValueTask.CompletedTask;
        }

        public ValueTask DeleteAsync<T>(string? ns, string name, CancellationToken cancellationToken)
            where T : class, IObject<T>
        {
            Writes++;
            objects.Remove<T>(ns, name);
            return ValueTask.CompletedTask;
        }
    }
}
