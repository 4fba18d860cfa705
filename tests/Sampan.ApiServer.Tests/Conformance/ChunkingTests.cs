using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>Lists in parts.</summary>
public sealed class ChunkingTests
{
    private const int Total = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task List_InChunks_IsTheWholeListInOrder(int limit)
    {
        await using var server = await TestServer.StartAsync();
        await AddAsync(server);
        var names = new List<string>();
        var (next, version) = ((string?)null, "");
        do
        {
            var chunk = await server.Client.Of<PodTemplate>().ListAsync("default", new ListOptions { Limit = limit, Continue = next }, default);
            version = version.Length == 0 ? chunk.ResourceVersion : version;
            Assert.Equal(version, chunk.ResourceVersion);
            Assert.InRange(chunk.Items.Count, 1, limit);
            names.AddRange(chunk.Items.Select(item => item.Metadata.Name));
            Assert.Equal(names.Count == Total ? null : Total - names.Count, chunk.RemainingItemCount);
            next = chunk.Continue;
        }
        while (!string.IsNullOrEmpty(next));
        Assert.Equal(Enumerable.Range(0, Total).Select(i => $"template-{i:0000}"), names);
    }

    [Fact]
    public async Task Continue_OfACompactedVersion_GoesOnInconsistently()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time);
        await AddAsync(server);
        var templates = server.Client.Of<PodTemplate>();
        var first = await templates.ListAsync("default", new ListOptions { Limit = 10 }, default);
        var expired = await UntilExpiredAsync(server, time, new ListOptions { Limit = 10, Continue = first.Continue });
        Assert.Equal((410, StatusReasons.Expired), (expired.Code, expired.Reason));
        Assert.False(string.IsNullOrEmpty(expired.Status.Metadata.Continue));

        var second = await templates.ListAsync("default", new ListOptions { Limit = 10, Continue = expired.Status.Metadata.Continue }, default);
        Assert.Equal("template-0010", second.Items[0].Metadata.Name);
        Assert.NotEqual(first.ResourceVersion, second.ResourceVersion);
        var rest = await templates.ListAsync("default", new ListOptions { Continue = second.Continue }, default);
        Assert.Equal(Total - 20, rest.Items.Count);
    }

    // The templates themselves never change: what other resources write makes their version old.
    private static async Task<StatusException> UntilExpiredAsync(TestServer server, FakeTimeProvider time, ListOptions options)
    {
        for (var minute = 0; minute < 10; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await server.Client.CreateAsync(new ConfigMap { Metadata = new() { Name = $"minute-{minute}", Namespace = "default" } }, default);
            await server.Store.CompactAsync(server.Store.Revision, default);
            try
            {
                await server.Client.Of<PodTemplate>().ListAsync("default", options, default);
            }
            catch (StatusException e)
            {
                return e;
            }
        }
        throw new InvalidOperationException("the first part's version is still there");
    }

    private static async Task AddAsync(TestServer server)
    {
        for (var i = 0; i < Total; i++)
        {
            await server.Client.Of<PodTemplate>().CreateAsync(
                new PodTemplate
                {
                    Metadata = new() { Name = $"template-{i:0000}", Namespace = "default" },
                    Template = new() { Spec = new() { Containers = [new Container { Name = "test", Image = "test2" }] } },
                },
                default);
        }
    }
}
