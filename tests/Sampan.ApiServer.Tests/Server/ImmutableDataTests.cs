using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>ConfigMaps and Secrets that are marked as immutable keep their data and the mark.</summary>
public sealed class ImmutableDataTests
{
    [Fact]
    public Task Update_ImmutableConfigMap_ChangesMetadataAlone() =>
        KeepsItsDataAsync(new ConfigMap { Metadata = new() { Name = "a", Namespace = "default" }, Data = new() { ["k"] = "v" } }, "ConfigMap", "one", "two");

    [Fact]
    public Task Update_ImmutableSecret_ChangesMetadataAlone() =>
        KeepsItsDataAsync(new Secret { Metadata = new() { Name = "a", Namespace = "default" }, Data = new() { ["k"] = "v"u8.ToArray() } }, "Secret", "b25l", "dHdv");

    private static async Task KeepsItsDataAsync<T>(T created, string kind, string first, string second) where T : class, IObject<T>
    {
        await using var server = await StartAsync();
        var objects = server.Client.Of<T>();
        await objects.CreateAsync(created, default);
        await PatchAsync(Data(first));
        await PatchAsync(new() { ["immutable"] = true });
        Assert.Equal($"{kind} \"a\" is invalid: data: Forbidden: field is immutable when `immutable` is set", (await RefusalAsync(() => PatchAsync(Data(second)))).Message);
        Assert.Equal(
            $"{kind} \"a\" is invalid: immutable: Forbidden: field is immutable when `immutable` is set",
            (await RefusalAsync(() => PatchAsync(new() { ["immutable"] = false }))).Message);
        await PatchAsync(new() { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["new"] = "label" } } });
        Assert.Equal("label", (await objects.GetAsync("default", "a", default)).Metadata.Labels!["new"]);
        await objects.DeleteAsync("default", "a", default);
        Assert.Null(await objects.FindAsync("default", "a", default));

        Task<T> PatchAsync(JsonObject change) => objects.PatchAsync("default", "a", Client.Patch.Merge(change), default);
    }

    private static JsonObject Data(string value) => new() { ["data"] = new JsonObject { ["k"] = value } };
}
