using System.Text;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>
/// Bodies of just what a request may carry, and more: however they are made, the answer is quick and says whose fault it is. Upstream:
/// test/integration/apiserver/max_request_body_bytes_test.go.
/// </summary>
public sealed class BodyLimitTests
{
    private const int Limit = 3 * 1024 * 1024;
    private const string Secrets = "/api/v1/namespaces/default/secrets";

    [Theory]
    [InlineData("POST", Secrets, "application/json")]
    [InlineData("PUT", Secrets + "/test", "application/json")]
    [InlineData("PATCH", Secrets + "/test", "application/json-patch+json")]
    [InlineData("DELETE", Secrets + "/test", "application/json")]
    [InlineData("POST", "/api/v1/namespaces/default/configmaps", "application/yaml")]
    public async Task Send_MoreThanTheLimit_IsTooLarge(string method, string path, string type)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync(method, path, new string('x', Limit + 1), type);
        Assert.Equal((413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728"), (answer.Code, answer.Reason, answer.Message));
    }

    [Theory]
    [InlineData("application/json-patch+json", """[{"op":"add","path":"/foo","value":0{0}}]""")]
    [InlineData("application/merge-patch+json", """{"value":0{0}}""")]
    [InlineData("application/strategic-merge-patch+json", """{"value":0{0}}""")]
    [InlineData("application/apply-patch+yaml", """{"apiVersion":"v1","kind":"Secret"{0}}""")]
    public async Task Patch_JustUnderTheLimit_IsTaken(string type, string body)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("PATCH", Secrets + "/test?fieldManager=test", Filled(body, new string(' ', Limit - 100)), type);
        Assert.True(answer.Code == 200, answer.Text);
    }

    [Theory]
    [InlineData("application/json-patch+json", """[{"op":"add","path":"/foo","value":{0}}]""")]
    [InlineData("application/merge-patch+json", """{"value":{0}}""")]
    [InlineData("application/strategic-merge-patch+json", """{"value":{0}}""")]
    [InlineData("application/apply-patch+yaml", """{"value":{0}}""")]
    public async Task Patch_NestedToTheLimit_IsABadRequest(string type, string body)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("PATCH", Secrets + "/test?fieldManager=test", Filled(body, Nested((Limit / 2) - 100)), type);
        Assert.True(answer.Code == 400, answer.Text);
    }

    [Theory]
    [InlineData("application/json", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"mytest"},"values":{0}}""")]
    [InlineData("application/yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mytest\nvalues: {0}")]
    public async Task Create_NestedToTheLimit_IsABadRequest(string type, string body)
    {
        await using var server = await StartAsync();
        foreach (var values in (string[])[Nested((Limit / 2) - 500), new string('[', Limit - 1000)])
        {
            var answer = await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", Filled(body, values), type);
            Assert.True(answer.Code == 400, answer.Text);
        }
    }

    private static string Nested(int depth) => new StringBuilder(depth * 2).Append('[', depth).Append(']', depth).ToString();

    private static string Filled(string body, string values) => body.Replace("{0}", values, StringComparison.Ordinal);

    private static async Task<TestServer> StartAsync()
    {
        var server = await TestServer.StartAsync();
        Assert.Equal(201, (await server.SendAsync("POST", Secrets, """{"metadata":{"name":"test"}}""")).Code);
        return server;
    }
}
