using Sampan.ApiServer.Audit;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Tests.Audit;

public sealed class AuditPolicyTests
{
    private const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: None
          users: ["system:kube-proxy"]
          verbs: ["watch"]
          resources:
          - group: ""
            resources: ["endpoints", "services"]
        - level: None
          nonResourceURLs: ["/healthz*", "/version"]
        - level: Request
          resources:
          - group: ""
            resources: ["pods/*"]
        - level: RequestResponse
          namespaces: ["prod"]
          omitManagedFields: true
          resources:
          - group: "apps"
        - level: Metadata
          userGroups: ["system:authenticated"]
        """;

    [Theory]
    [InlineData("system:kube-proxy", "watch", "", "services", "", "x", "None")]
    [InlineData("system:kube-proxy", "get", "", "services", "", "x", "Metadata")]
    [InlineData("anna", "get", "", "pods", "log", "x", "Request")]
    [InlineData("anna", "get", "", "pods", "", "x", "Request")]
    [InlineData("anna", "get", "", "services", "", "x", "Metadata")]
    [InlineData("anna", "get", "apps", "deployments", "", "prod", "RequestResponse")]
    [InlineData("anna", "get", "apps", "deployments", "", "test", "Metadata")]
    public void RuleFor_Resource_TakesTheFirstThatCovers(
        string user, string verb, string group, string resource, string subresource, string ns, string level)
    {
        var info = new RequestInfo { IsResourceRequest = true, Verb = verb, ApiGroup = group, Resource = resource, Subresource = subresource, Namespace = ns };
        Assert.Equal(level, AuditPolicyFile.Parse(Policy, "policy").RuleFor(new UserInfo(user, ["system:authenticated"]), info).Level.ToString());
    }

    [Theory]
    [InlineData("/healthz/etcd", "None")]
    [InlineData("/version", "None")]
    [InlineData("/metrics", "Metadata")]
    public void RuleFor_Path_ComparesUrls(string path, string level)
    {
        var rule = AuditPolicyFile.Parse(Policy, "policy").RuleFor(
            new UserInfo("anna", ["system:authenticated"]), new RequestInfo { Path = path, Verb = "get" });
        Assert.Equal(level, rule.Level.ToString());
    }

    [Fact]
    public void Parse_PolicyStages_HoldForEveryRule()
    {
        var rule = AuditPolicyFile.Parse(Policy, "policy").RuleFor(new UserInfo("anna", ["system:authenticated"]), new RequestInfo { Verb = "get", Path = "/x" });
        Assert.Equal([AuditStage.RequestReceived], rule.OmitStages);
    }

    [Theory]
    [InlineData("kind: Pod", "policy: expected apiVersion audit.k8s.io/v1 and kind Policy")]
    [InlineData("{apiVersion: audit.k8s.io/v1, kind: Policy}", "policy: the policy has no rules")]
    [InlineData("{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: All}]}", "policy: rules[0]: level must be None, Metadata, Request or RequestResponse")]
    public void Parse_NoPolicy_SaysWhy(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => AuditPolicyFile.Parse(text, "policy")).Message);
}
