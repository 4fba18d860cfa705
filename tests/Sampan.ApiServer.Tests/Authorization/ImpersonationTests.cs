using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Tests.Authorization;

public sealed class ImpersonationTests
{
    private static readonly UserInfo Jane = new("jane", ["dev"]);

    private static readonly AuthorizerAttributes ListPods = new()
    {
        User = Jane, Verb = "list", IsResourceRequest = true, Resource = "pods", Namespace = "web", ApiVersion = "v1",
    };

    [Fact]
    public void Requested_NoHeaders_IsNobody() => Assert.Null(ImpersonatedUser.Requested(new DefaultHttpContext().Request.Headers));

    [Fact]
    public void Requested_AllHeaders_IsTheUserAndNothingIsLeft()
    {
        var headers = Context(
            ("Impersonate-User", "joe"), ("Impersonate-Group", "ops"), ("Impersonate-Uid", "7"), ("Impersonate-Extra-Scopes%2fX", "all")).Request.Headers;
        var user = ImpersonatedUser.Requested(headers)!;
        Assert.Equal(("joe", "7"), (user.Name, user.Uid));
        Assert.Equal(["ops"], user.Groups);
        Assert.Equal(["all"], user.Extra["scopes/x"]);
        ImpersonatedUser.Strip(headers);
        Assert.DoesNotContain(headers.Keys, k => k.StartsWith("Impersonate", StringComparison.Ordinal));
    }

    [Fact]
    public void Requested_GroupWithoutUser_IsBadRequest()
    {
        var error = Assert.Throws<StatusException>(() => ImpersonatedUser.Requested(Context(("Impersonate-Group", "ops")).Request.Headers));
        Assert.Equal(
            (400, "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"ops\"}, Extra:map[string][]string(nil)} without impersonating a user name"),
            (error.Status.Code, error.Message));
    }

    [Fact]
    public async Task Apply_Allowed_AsksForTheVerbAndEachPart()
    {
        var asked = new Recorder();
        var wanted = new UserInfo("joe", ["ops"], "7", Extra("example.com/x", "all"));
        var (user, constraint) = await new Impersonation(asked).ApplyAsync(wanted, ListPods, default);
        Assert.Equal("impersonate:user-info", constraint);
        Assert.Equal(["ops", "system:authenticated"], user.Groups);
        Assert.Equal(
            [
                "impersonate-on:user-info:list pods ", "impersonate:user-info users.authentication.k8s.io joe",
                "impersonate:user-info uids.authentication.k8s.io 7", "impersonate:user-info groups.authentication.k8s.io ops",
                "impersonate:user-info userextras/example.com/x.authentication.k8s.io all",
            ],
            asked.Questions);
    }

    [Theory]
    [InlineData("joe", "impersonate", "", "users joe")]
    [InlineData("system:serviceaccount:web:robot", "impersonate", "", "serviceaccounts robot")]
    [InlineData("system:node:n1", "impersonate", "", "users system:node:n1")]
    public async Task Apply_OldVerb_StillAllowsEverything(string name, string verb, string constraint, string question)
    {
        var asked = new Recorder(q => q.Verb == verb);
        var (user, by) = await new Impersonation(asked).ApplyAsync(new UserInfo(name), ListPods, default);
        Assert.Equal((name, constraint, $"{verb} {question}"), (user.Name, by, asked.Questions[^1]));
    }

    [Fact]
    public async Task Apply_ServiceAccount_GetsItsGroups()
    {
        var asked = new Recorder();
        var (user, constraint) = await new Impersonation(asked).ApplyAsync(new UserInfo("system:serviceaccount:web:robot"), ListPods, default);
        Assert.Equal("impersonate:serviceaccount", constraint);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:web", "system:authenticated"], user.Groups);
        Assert.Equal(
            ["impersonate-on:serviceaccount:list pods ", "impersonate:serviceaccount serviceaccounts.authentication.k8s.io robot"], asked.Questions);
    }

    [Fact]
    public async Task Apply_Node_IsInTheGroupOfNodes()
    {
        var asked = new Recorder();
        var (user, constraint) = await new Impersonation(asked).ApplyAsync(new UserInfo("system:node:n1"), ListPods, default);
        Assert.Equal("impersonate:arbitrary-node", constraint);
        Assert.Equal(["system:nodes", "system:authenticated"], user.Groups);
        Assert.Equal(["impersonate-on:arbitrary-node:list pods ", "impersonate:arbitrary-node nodes.authentication.k8s.io n1"], asked.Questions);
    }

    [Theory]
    [InlineData("n1", "impersonate:associated-node")]
    [InlineData("n2", null)]
    public async Task Apply_OwnNode_IsOnlyForThePodsOnIt(string node, string? constraint)
    {
        var agent = new UserInfo("system:serviceaccount:kube-system:agent", extra: Extra("authentication.kubernetes.io/node-name", "n1"));
        var asked = new Recorder(q => q.Verb.Contains("associated-node", StringComparison.Ordinal) && (q.Resource == "pods" || q.Name == "*"));
        var applied = new Impersonation(asked).ApplyAsync(new UserInfo($"system:node:{node}"), ListPods with { User = agent }, default);
        if (constraint is null)
        {
            await Assert.ThrowsAsync<StatusException>(async () => await applied);
        }
        else
        {
            Assert.Equal(constraint, (await applied).Constraint);
        }
    }

    [Fact]
    public async Task Apply_Refused_TellsWhatTheFirstModeMissed()
    {
        var error = await Assert.ThrowsAsync<StatusException>(
            async () => await new Impersonation(new Recorder(_ => false)).ApplyAsync(new UserInfo("joe"), ListPods, default));
        Assert.Equal(
            "pods is forbidden: User \"jane\" cannot impersonate-on:user-info:list resource \"pods\" in API group \"\" in the namespace \"web\"",
            error.Message);
    }

    [Theory]
    [InlineData("system:masters", "impersonating the system:masters group is not allowed")]
    [InlineData("", "impersonating the empty string group is not allowed")]
    public async Task Apply_ForbiddenGroup_NeedsTheOldVerb(string group, string reason)
    {
        var wanted = new UserInfo("joe", [group]);
        var (_, constraint) = await new Impersonation(new Recorder()).ApplyAsync(wanted, ListPods, default);
        Assert.Equal("", constraint);
        var constrained = new Recorder(q => q.Verb != "impersonate");
        var error = await Assert.ThrowsAsync<StatusException>(async () => await new Impersonation(constrained).ApplyAsync(wanted, ListPods, default));
        Assert.EndsWith(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ManyGroups_AskForAllFirst()
    {
        var asked = new Recorder();
        await new Impersonation(asked).ApplyAsync(new UserInfo("joe", ["a", "b", "c", "d"]), ListPods, default);
        Assert.Equal("impersonate:user-info groups.authentication.k8s.io *", asked.Questions[^1]);
        Assert.Equal(3, asked.Questions.Count);
    }

    private static Dictionary<string, IReadOnlyList<string>> Extra(string key, string value) => new() { [key] = [value] };

    private static DefaultHttpContext Context(params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        return context;
    }

    private sealed class Recorder(Func<AuthorizerAttributes, bool>? allows = null) : IAuthorizer
    {
        public List<string> Questions { get; } = [];

        public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken)
        {
            var group = attributes.ApiGroup.Length == 0 ? "" : "." + attributes.ApiGroup;
            Questions.Add($"{attributes.Verb} {attributes.CombinedResource}{group} {attributes.Name}");
            return ValueTask.FromResult(allows?.Invoke(attributes) == false ? Decision.NoOpinion() : Decision.Allow());
        }
    }
}
