using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Tests.Authorization;

public sealed class ImpersonationTests
{
    private static readonly UserInfo Jane = new("jane", ["dev"]);

    [Fact]
    public async Task Apply_NoHeaders_IsTheRequester() =>
        Assert.Same(Jane, await new Impersonation(new AlwaysDeny()).ApplyAsync(new DefaultHttpContext(), Jane, default));

    [Fact]
    public async Task Apply_Allowed_AsksForEachPartAndBecomesTheUser()
    {
        var asked = new Recorder();
        var context = Context(
            ("Impersonate-User", "joe"), ("Impersonate-Group", "ops"), ("Impersonate-Uid", "7"), ("Impersonate-Extra-Scopes%2fX", "all"));
        var user = await new Impersonation(asked).ApplyAsync(context, Jane, default);
        Assert.Equal("joe", user.Name);
        Assert.Equal("7", user.Uid);
        Assert.Equal(["ops", "system:authenticated"], user.Groups);
        Assert.Equal(["all"], user.Extra["scopes/x"]);
        Assert.Equal(
            ["users joe", "groups ops", "userextras/scopes/x all", "uids 7"],
            asked.Questions.Select(q => $"{q.CombinedResource} {q.Name}"));
        Assert.DoesNotContain(context.Request.Headers.Keys, k => k.StartsWith("Impersonate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Apply_ServiceAccount_GetsItsGroups()
    {
        var asked = new Recorder();
        var user = await new Impersonation(asked).ApplyAsync(Context(("Impersonate-User", "system:serviceaccount:web:robot")), Jane, default);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:web", "system:authenticated"], user.Groups);
        Assert.Equal(("serviceaccounts", "web", "robot"), (asked.Questions[0].Resource, asked.Questions[0].Namespace, asked.Questions[0].Name));
    }

    [Fact]
    public async Task Apply_Refused_IsForbidden()
    {
        var error = await Assert.ThrowsAsync<StatusException>(
            async () => await new Impersonation(new Recorder(Decision.NoOpinion())).ApplyAsync(Context(("Impersonate-User", "joe")), Jane, default));
        Assert.Equal(
            "users \"joe\" is forbidden: User \"jane\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope",
            error.Message);
    }

    [Fact]
    public async Task Apply_GroupWithoutUser_IsBadRequest()
    {
        var error = await Assert.ThrowsAsync<StatusException>(
            async () => await new Impersonation(new AlwaysAllow()).ApplyAsync(Context(("Impersonate-Group", "ops")), Jane, default));
        Assert.Equal(
            (400, "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"ops\"}, Extra:map[string][]string(nil)} without impersonating a user name"),
            (error.Status.Code, error.Message));
    }

    private static DefaultHttpContext Context(params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        return context;
    }

    private sealed class Recorder(Decision? answer = null) : IAuthorizer
    {
        public List<AuthorizerAttributes> Questions { get; } = [];

        public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken)
        {
            Questions.Add(attributes);
            return ValueTask.FromResult(answer ?? Decision.Allow());
        }
    }
}
