namespace Sampan.Integration.Tests.Allocations;

/// <summary>
/// What a request may allocate, from the HTTP server's hand-over to the last byte of the answer. Bytes, never times; the smallest of
/// several rounds counts, since the store and timers run beside it. When a change needs more, say in its commit what for.
/// </summary>
[Collection(nameof(AllocationBudgetTests))]
[CollectionDefinition(nameof(AllocationBudgetTests), DisableParallelization = true)]
public sealed class AllocationBudgetTests
{
    private const int Pods = 5000;
    private const int Rounds = 7;
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    [Theory]
    [InlineData("GET of a ConfigMap", 8_000)]
    [InlineData("create of a ConfigMap", 28_000)]
    [InlineData("update of a ConfigMap", 30_000)]
    [InlineData("patch of a ConfigMap", 48_000)]
    [InlineData("create of a pod", 62_000)]
    public async Task Request_StaysWithinItsBudget(string request, long budget)
    {
        await using var server = await WireServer.StartAsync();
        await server.SendAsync("POST", Maps, ConfigMap("settings"));
        var number = 0;
        var measured = await MeasureAsync(
            100,
            () => request switch
            {
                "GET of a ConfigMap" => server.SendAsync("GET", Maps + "/settings"),
                "create of a ConfigMap" => server.SendAsync("POST", Maps, ConfigMap($"map-{number++}")),
                "update of a ConfigMap" => server.SendAsync("PUT", Maps + "/settings", ConfigMap("settings", number++)),
                "patch of a ConfigMap" => server.SendAsync("PATCH", Maps + "/settings", $$"""{"data":{"key":"{{number++}}"} }""", contentType: "application/merge-patch+json"),
                _ => server.SendAsync("POST", "/api/v1/namespaces/default/pods", Pod($"pod-{number++}")),
            });
        TestContext.Current.TestOutputHelper?.WriteLine($"{request}: {measured} bytes");
        Assert.True(measured <= budget, $"{request}: {measured} bytes, budget {budget}");
    }

    [Fact]
    public async Task ListOf5000Pods_StaysWithinItsBudget()
    {
        await using var server = await WireServer.StartAsync();
        await server.AddPodsAsync(Pods);
        var over = new List<string>();
        foreach (var (form, budget) in new[] { ("application/json", 200_000L), (Protobuf, 200_000L), (Table, 12_000_000L) })
        {
            var measured = await MeasureAsync(3, () => server.SendAsync("GET", "/api/v1/pods", accept: form));
            TestContext.Current.TestOutputHelper?.WriteLine($"{form}: {measured} bytes");
            if (measured > budget) over.Add($"{form}: {measured} bytes, budget {budget}");
        }

        Assert.Empty(over);
    }

    private static string Maps => "/api/v1/namespaces/default/configmaps";

    private static string ConfigMap(string name, int number = 0) => $$"""{"metadata":{"name":"{{name}}"},"data":{"key":"value {{number}}"} }""";

    private static string Pod(string name) => $$"""{"metadata":{"name":"{{name}}"},"spec":{"containers":[{"name":"web","image":"nginx:1"}]} }""";

    private static async Task<long> MeasureAsync(int operations, Func<Task> operation)
    {
        await RepeatAsync(operations, operation);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await RepeatAsync(operations, operation);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / operations);
        }

        return least;
    }

    private static async Task RepeatAsync(int operations, Func<Task> operation)
    {
        for (var i = 0; i < operations; i++) await operation();
    }
}
