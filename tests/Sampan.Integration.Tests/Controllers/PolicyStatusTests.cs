using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Integration.Tests.Conformance;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Controllers;

/// <summary>A ValidatingAdmissionPolicy says in its status which expressions can't be right.</summary>
public sealed class PolicyStatusTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestCluster Cluster => shared.Cluster;

    [Theory]
    [InlineData("right", "object.spec.replicas > 1 && has(object.metadata.labels)")]
    [InlineData("nested", "object.spec.template.spec.containers.all(c, c.image.startsWith('registry.example/'))")]
    [InlineData("request", "request.userInfo.username != '' && namespaceObject.metadata.name != 'default' && authorizer.group('apps').resource('deployments').check('get').allowed()")]
    [InlineData("old", "oldObject == null || object.metadata.name == oldObject.metadata.name")]
    public async Task TypeChecking_RightExpression_HasNoWarnings(string name, string expression) =>
        Assert.Null((await CheckedAsync(Policy(name, expression, "deployments"))).TypeChecking!.ExpressionWarnings);

    [Fact]
    public async Task TypeChecking_UndefinedField_IsShownWhereItIsForEachKind()
    {
        var status = await CheckedAsync(Policy("undefined", "object.replicas > 1", "deployments", "replicasets"));
        var warning = Assert.Single(status.TypeChecking!.ExpressionWarnings!);
        Assert.Equal("spec.validations[0].expression", warning.FieldRef);
        Assert.Equal(
            """
            apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'replicas'
             | object.replicas > 1
             | ......^

            apps/v1, Kind=ReplicaSet: ERROR: <input>:1:7: undefined field 'replicas'
             | object.replicas > 1
             | ......^

            """,
            warning.Warning);
    }

    [Fact]
    public async Task TypeChecking_Variables_HaveTheTypesOfTheirExpressions()
    {
        var policy = Policy("variables", "variables.replicas == 'many'", "deployments");
        policy.Spec.Variables = [new() { Name = "replicas", Expression = "object.spec.replicas" }];
        policy.Spec.Validations![0].MessageExpression = "'no ' + object.spec.nothing";
        var warnings = (await CheckedAsync(policy)).TypeChecking!.ExpressionWarnings!;
        Assert.Equal(["spec.validations[0].expression", "spec.validations[0].messageExpression"], warnings.Select(w => w.FieldRef));
        Assert.Contains("found no matching overload for '_==_' applied to '(int, string)'", warnings[0].Warning, StringComparison.Ordinal);
        Assert.Contains("undefined field 'nothing'", warnings[1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TypeChecking_Wildcards_AreNotLookedAt() =>
        Assert.Null((await CheckedAsync(Policy("wild", "object.nothing == 1", "*"))).TypeChecking!.ExpressionWarnings);

    private static ValidatingAdmissionPolicy Policy(string name, string expression, params List<string> resources) => new()
    {
        Metadata = new() { Name = $"{name}.example.com" },
        Spec = new()
        {
            FailurePolicy = "Fail",
            MatchConstraints = new() { ResourceRules = [new() { ApiGroups = ["apps"], ApiVersions = ["v1"], Operations = ["CREATE", "UPDATE"], Resources = resources }] },
            Validations = [new() { Expression = expression }],
        },
    };

    private async Task<ValidatingAdmissionPolicyStatus> CheckedAsync(ValidatingAdmissionPolicy policy)
    {
        await Cluster.Client.CreateAsync(policy, Ct);
        var seen = await Cluster.WaitAsync<ValidatingAdmissionPolicy>(null, policy.Metadata.Name, p => p?.Status?.ObservedGeneration == p?.Metadata.Generation, Ct);
        return seen!.Status!;
    }
}
