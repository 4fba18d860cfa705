using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Tests.Authorization;

public sealed class EscalationCheckTests : IDisposable
{
    private readonly FakeObjectSource _objects = new();
    private readonly RbacIndex _index;
    private readonly EscalationCheck _check;
    private readonly UserInfo _jane = new("jane", ["dev"]);

    public EscalationCheckTests()
    {
        _index = new RbacIndex(_objects);
        var rbac = new RbacAuthorizer(_index);
        _check = new EscalationCheck(rbac, rbac);
        Grant("held", new PolicyRule { Verbs = ["get", "list"], ApiGroups = ["", "apps"], Resources = ["pods", "deployments", "*/scale"] });
    }

    public void Dispose() => _index.Dispose();

    [Fact]
    public async Task CheckRole_HeldPermissions_IsAllowed() => await _check.CheckRoleAsync(
        _jane, NewRole(new PolicyRule { Verbs = ["get"], ApiGroups = ["apps"], Resources = ["deployments", "deployments/scale"] }), default);

    [Fact]
    public async Task CheckRole_MorePermissions_ListsWhatIsMissing()
    {
        var role = NewRole(
            new PolicyRule { Verbs = ["get", "delete", "create"], ApiGroups = ["apps"], Resources = ["deployments"] },
            new PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = ["secrets"], ResourceNames = ["x"] });
        var error = await Assert.ThrowsAsync<StatusException>(async () => await _check.CheckRoleAsync(_jane, role, default));
        Assert.Equal(
            "roles.rbac.authorization.k8s.io \"new\" is forbidden: user \"jane\" (groups=[\"dev\"]) is attempting to grant RBAC permissions not currently held:\n"
            + "{APIGroups:[\"\"], Resources:[\"secrets\"], ResourceNames:[\"x\"], Verbs:[\"get\"]}\n"
            + "{APIGroups:[\"apps\"], Resources:[\"deployments\"], Verbs:[\"delete\" \"create\"]}",
            error.Message);
    }

    [Fact]
    public async Task CheckRole_VerbEscalate_IsAllowed()
    {
        Grant("esc", new PolicyRule { Verbs = ["escalate"], ApiGroups = ["rbac.authorization.k8s.io"], Resources = ["roles"] });
        await _check.CheckRoleAsync(_jane, NewRole(new PolicyRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }), default);
    }

    [Fact]
    public async Task CheckClusterRole_Aggregation_NeedsFullAuthority()
    {
        var role = new ClusterRole { Metadata = new() { Name = "all" }, AggregationRule = new() { ClusterRoleSelectors = [new()] } };
        var error = await Assert.ThrowsAsync<StatusException>(async () => await _check.CheckClusterRoleAsync(_jane, role, default));
        Assert.EndsWith("must have cluster-admin privileges to use the aggregationRule", error.Message, StringComparison.Ordinal);
        await _check.CheckClusterRoleAsync(new UserInfo("root", ["system:masters"]), role, default);
    }

    [Fact]
    public async Task CheckBinding_RoleWithMore_NeedsVerbBind()
    {
        _objects.Set(new ClusterRole { Metadata = new() { Name = "big" }, Rules = [new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }] });
        var binding = new RoleBinding { Metadata = new() { Namespace = "web", Name = "b" }, RoleRef = new() { Kind = "ClusterRole", Name = "big" } };
        var error = await Assert.ThrowsAsync<StatusException>(async () => await _check.CheckBindingAsync(_jane, binding, default));
        Assert.StartsWith("rolebindings.rbac.authorization.k8s.io \"b\" is forbidden: user \"jane\"", error.Message, StringComparison.Ordinal);
        Grant("binder", new PolicyRule { Verbs = ["bind"], ApiGroups = ["rbac.authorization.k8s.io"], Resources = ["clusterroles"], ResourceNames = ["big"] });
        await _check.CheckBindingAsync(_jane, binding, default);
    }

    [Fact]
    public async Task CheckBinding_AbsentRole_IsNotFound()
    {
        var binding = new ClusterRoleBinding { Metadata = new() { Name = "b" }, RoleRef = new() { Kind = "ClusterRole", Name = "none" } };
        var error = await Assert.ThrowsAsync<StatusException>(async () => await _check.CheckBindingAsync(_jane, binding, default));
        Assert.True(error.IsNotFound);
    }

    private static Role NewRole(params List<PolicyRule> rules) =>
        new() { Metadata = new() { Namespace = "web", Name = "new" }, Rules = rules };

    private void Grant(string name, params List<PolicyRule> rules)
    {
        _objects.Set(new ClusterRole { Metadata = new() { Name = name }, Rules = rules });
        _objects.Set(new ClusterRoleBinding
        {
            Metadata = new() { Name = name },
            RoleRef = new() { Kind = "ClusterRole", Name = name },
            Subjects = [new() { Kind = "User", Name = "jane" }],
        });
    }
}
