using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Registry.FlowControl;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.FlowControl;

public sealed class FlowSchemaTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Create_LevelMissing_SaysDanglingUntilItComes()
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.Of<FlowSchema>().CreateAsync(New("test", "test-level"), default);
        Assert.Equal("NotFound", await ReasonAsync(server, "True"));
        var level = BootstrapPriorityLevels.Suggested[0].DeepClone();
        level.Metadata.Name = "test-level";
        await server.Client.Of<PriorityLevelConfiguration>().CreateAsync(level, default);
        Assert.Equal("Found", await ReasonAsync(server, "False"));
    }

    [Fact]
    public async Task Request_AnyUser_IsToldItsSchemaAndLevel()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync("GET", "/version");
        Assert.True(answer.Headers.ContainsKey("X-Kubernetes-PF-FlowSchema-UID"));
        Assert.True(answer.Headers.ContainsKey("X-Kubernetes-PF-PriorityLevel-UID"));
    }

    private static async Task<string?> ReasonAsync(TestServer server, string status)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var schema = await server.Client.Of<FlowSchema>().GetAsync(null, "test", limit.Token);
            if (schema.Status?.Conditions?.Find(condition => condition.Type == "Dangling") is { } condition && condition.Status == status) return condition.Reason;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static FlowSchema New(string name, string level)
    {
        var schema = BootstrapFlowSchemas.Suggested[0].DeepClone();
        schema.Metadata.Name = name;
        schema.Spec.PriorityLevelConfiguration.Name = level;
        return schema;
    }
}
