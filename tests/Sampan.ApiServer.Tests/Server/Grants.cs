using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>Rights for somebody, and patience: the authorizers follow the stored objects, so they learn of a new one a little later.</summary>
internal static class Grants
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>Lets a user or a group do all that one rule allows in the whole cluster, and waits until the server knows of it.</summary>
    public static async Task GrantAsync(this ApiClient admin, string name, string subjectKind, string subject, PolicyRule rule)
    {
        await admin.CreateAsync(new ClusterRole { Metadata = new() { Name = name }, Rules = [rule] }, default);
        await admin.CreateAsync(
            new ClusterRoleBinding
            {
                Metadata = new() { Name = name },
                RoleRef = new() { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = name },
                Subjects = [new() { ApiGroup = RbacGroup, Kind = subjectKind, Name = subject }],
            },
            default);
        var parts = rule.Resources![0].Split('/', 2);
        var question = new JsonObject
        {
            [subjectKind == "Group" ? "groups" : "user"] = subjectKind == "Group" ? new JsonArray(subject) : subject,
            ["resourceAttributes"] = new JsonObject
            {
                ["verb"] = rule.Verbs![0], ["group"] = rule.ApiGroups![0], ["resource"] = parts[0], ["subresource"] = parts.ElementAtOrDefault(1) ?? "",
            },
        };
        await UntilAsync(() => admin.IsAllowedAsync(question), allowed => allowed);
    }

    /// <summary>The answer of a SubjectAccessReview.</summary>
    public static async Task<bool> IsAllowedAsync(this ApiClient admin, JsonObject question)
    {
        var review = new JsonObject { ["apiVersion"] = "authorization.k8s.io/v1", ["kind"] = "SubjectAccessReview", ["spec"] = question.DeepClone() };
        var answer = await admin.Dynamic(new GroupVersionResource("authorization.k8s.io", "v1", "subjectaccessreviews")).CreateAsync(review, default);
        return (bool)answer["status"]!["allowed"]!;
    }

    /// <summary>Asks again until the answer will do.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isEnough)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await ask();
            if (isEnough(answer)) return answer;
            await Task.Delay(10, limit.Token);
        }
    }
}
