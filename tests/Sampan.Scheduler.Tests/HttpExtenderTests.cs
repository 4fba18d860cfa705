using System.Text;
using System.Text.Json.Nodes;
using Sampan.Client;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Extenders;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

public sealed class HttpExtenderTests
{
    private readonly SchedulerCache _cache = new();
    private readonly FakeTransport _transport = new();

    public HttpExtenderTests()
    {
        for (var i = 1; i <= 3; i++) _cache.SetNode(Make.Node($"n{i}"));
    }

    [Fact]
    public void Run_ExtenderFilters_TheOthersAreSaidWhy()
    {
        _transport.Answer = """{"NodeNames": [], "FailedNodes": {"n1": "too hot", "n2": "too hot"}, "FailedAndUnresolvableNodes": {"n3": "broken"}}""";
        var result = Run(new ExtenderConfiguration { FilterVerb = "filter", NodeCacheCapable = true });
        Assert.Null(result.Node);
        Assert.StartsWith("0/3 nodes are available: 1 broken, 2 too hot. ", result.Diagnosis.ToString(), StringComparison.Ordinal);
        Assert.Equal("/scheduler/filter", _transport.Path);
        Assert.Equal(["n1", "n2", "n3"], _transport.Body!["NodeNames"]!.AsArray().Select(name => name!.ToString()).Order());
    }

    [Fact]
    public void Run_ExtenderPrioritizes_TheFavouriteWins()
    {
        _transport.Answer = """[{"Host": "n2", "Score": 10}, {"host": "n1", "score": 1}]""";
        Assert.Equal("n2", Run(new ExtenderConfiguration { PrioritizeVerb = "prioritize", Weight = 100 }).Node);
        Assert.Equal(3, _transport.Body!["Nodes"]!["items"]!.AsArray().Count);
    }

    [Fact]
    public void Run_ExtenderDown_IgnorableIsIgnoredAnotherIsAnError()
    {
        _transport.Failure = new ApiConnectionException("refused");
        Assert.NotNull(Run(new ExtenderConfiguration { FilterVerb = "filter", Ignorable = true }).Node);
        Assert.Throws<ApiConnectionException>(() => Run(new ExtenderConfiguration { FilterVerb = "filter" }));
    }

    [Fact]
    public void Run_ExtenderOfAResource_IsAskedAboutItsPodsOnly()
    {
        _transport.Failure = new ApiConnectionException("refused");
        Assert.NotNull(Run(new ExtenderConfiguration { FilterVerb = "filter", ManagedResources = [new("example.com/gpu")] }).Node);
        Assert.Null(_transport.Path);
    }

    [Fact]
    public async Task Bind_ExtenderBinds_IsToldPodAndNode()
    {
        _transport.Answer = """{"Error": ""}""";
        await Extender(new ExtenderConfiguration { BindVerb = "bind" }).BindAsync(Make.Info("p"), "n1", TestContext.Current.CancellationToken);
        Assert.Equal("""{"PodName":"p","PodNamespace":"default","PodUID":"uid-p","Node":"n1"}""", _transport.Body!.ToJsonString());
    }

    [Fact]
    public async Task Bind_ExtenderDown_IgnorableIsPassedOver()
    {
        _transport.Failure = new ApiConnectionException("refused");
        Assert.False(await Extender(new ExtenderConfiguration { BindVerb = "bind", Ignorable = true }).BindAsync(Make.Info("p"), "n1", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ApiConnectionException>(() => Extender(new ExtenderConfiguration { BindVerb = "bind" }).BindAsync(Make.Info("p"), "n1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Run_NominatedPod_TheExtenderIsAskedToo()
    {
        _cache.Nominate(Make.Info("p"), "n1");
        _transport.Answer = """{"NodeNames": ["n1", "n2", "n3"]}""";
        Assert.Equal("n1", Run(new ExtenderConfiguration { FilterVerb = "filter", NodeCacheCapable = true }).Node);
        _transport.Answer = """{"NodeNames": ["n2"], "FailedNodes": {"n1": "too hot", "n3": "too hot"}}""";
        Assert.Equal("n2", Run(new ExtenderConfiguration { FilterVerb = "filter", NodeCacheCapable = true }).Node);
        Assert.Equal(3, _transport.Body!["NodeNames"]!.AsArray().Count);
    }

    [Fact]
    public void Run_ExtenderTakesNodesAwayWithoutAWord_IsAmongThoseWhoRefused()
    {
        _transport.Answer = """{"NodeNames": []}""";
        Assert.Contains("Extender", Run(new ExtenderConfiguration { FilterVerb = "filter", NodeCacheCapable = true }).Diagnosis.Plugins);
    }

    private CycleResult Run(ExtenderConfiguration config) =>
        new SchedulingCycle(Profile.Default() with { Extenders = [Extender(config)] }, _cache, new Random(1)).Run(Make.Info("p"));

    private HttpExtender Extender(ExtenderConfiguration config)
    {
        config.UrlPrefix = "http://127.0.0.1:8888/scheduler/";
        return new HttpExtender(config, _transport);
    }

    private sealed class FakeTransport : IApiTransport
    {
        public string Answer { get; set; } = "{}";
        public Exception? Failure { get; set; }
        public string? Path { get; private set; }
        public JsonObject? Body { get; private set; }

        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
        {
            (Path, Body) = (request.Path, request.Content!.Value as JsonObject);
            return Failure is null ? Task.FromResult(new ApiResponse { Body = Encoding.UTF8.GetBytes(Answer) }) : Task.FromException<ApiResponse>(Failure);
        }

        public IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
