using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Preemption;

namespace Sampan.Scheduler.Tests;

/// <summary>Each verb of an extender, as a configuration file names it, over HTTP.</summary>
public sealed class ExtenderServerTests : IAsyncLifetime
{
    private readonly SchedulerCache _cache = new();
    private ExtenderServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ExtenderServer.StartAsync();
        for (var i = 1; i <= 3; i++) _cache.SetNode(Make.Node($"n{i}"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Filter_WholeNodes_LeavesThoseThatComeBack()
    {
        _server.Answer = (_, body) => new JsonObject { ["nodes"] = new JsonObject { ["items"] = new JsonArray(Nodes(body).Where(n => NameOf(n) == "n2").Select(n => n.DeepClone()).ToArray()) } };
        Assert.Equal("n2", Run("filterVerb: filter").Node);
        var (verb, sent) = Assert.Single(_server.Requests);
        Assert.Equal("filter", verb);
        Assert.Equal("p", (string?)sent["Pod"]!["metadata"]!["name"]);
        Assert.Equal(["n1", "n2", "n3"], Nodes(sent).Select(NameOf).Order());
        Assert.Null(sent["NodeNames"]);
    }

    [Fact]
    public void Filter_NodeCacheCapable_NamesAreEnough()
    {
        _server.Answer = (_, _) => new JsonObject { ["nodenames"] = new JsonArray("n3"), ["failedNodes"] = new JsonObject { ["n1"] = "busy" } };
        Assert.Equal("n3", Run("filterVerb: filter, nodeCacheCapable: true").Node);
        var sent = _server.Requests[0].Body;
        Assert.Equal(["n1", "n2", "n3"], sent["NodeNames"]!.AsArray().Select(n => n!.ToString()).Order());
        Assert.Null(sent["Nodes"]);
    }

    [Fact]
    public void Filter_Error_EndsTheAttemptUnlessIgnorable()
    {
        _server.Answer = (_, _) => new JsonObject { ["error"] = "no licence" };
        Assert.Contains("no licence", Assert.ThrowsAny<Exception>(() => Run("filterVerb: filter")).Message, StringComparison.Ordinal);
        Assert.NotNull(Run("filterVerb: filter, ignorable: true").Node);
    }

    [Fact]
    public void Filter_ServerFails_EndsTheAttemptUnlessIgnorable()
    {
        Assert.ThrowsAny<Exception>(() => Run("filterVerb: filter"));
        Assert.NotNull(Run("filterVerb: filter, ignorable: true").Node);
    }

    [Fact]
    public void Filter_NobodyLeft_TheReasonsAreTold()
    {
        _server.Answer = (_, _) => new JsonObject
        {
            ["nodeNames"] = new JsonArray(),
            ["failedNodes"] = new JsonObject { ["n1"] = "busy", ["n2"] = "busy" },
            ["failedAndUnresolvableNodes"] = new JsonObject { ["n3"] = "broken" },
        };
        var result = Run("filterVerb: filter, nodeCacheCapable: true");
        Assert.StartsWith("0/3 nodes are available: 1 broken, 2 busy. ", result.Diagnosis.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Prioritize_Scores_CountTimesWeight()
    {
        _server.Answer = (_, _) => new JsonArray(Score("n1", 1), Score("n2", 9), Score("n3", 5));
        Assert.Equal("n2", Run("prioritizeVerb: rank, weight: 100").Node);
        Assert.Equal("rank", _server.Requests[0].Verb);
    }

    [Fact]
    public void Prioritize_Fails_ThePluginsDecide()
    {
        _cache.SetPod(Make.Info("a", cpu: "3", node: "n1"));
        _cache.SetPod(Make.Info("b", cpu: "3", node: "n2"));
        Assert.Equal("n3", Run("prioritizeVerb: rank, weight: 100").Node);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void Preempt_AgreesToOneNode_ItsVictimsGo()
    {
        foreach (var node in new[] { "n1", "n2", "n3" }) _cache.SetPod(Make.Info($"victim-{node}", cpu: "4", node: node, with: p => p.Spec.Priority = 1));
        _server.Answer = (_, _) => new JsonObject { ["nodeNameToMetaVictims"] = new JsonObject { ["n3"] = new JsonObject { ["pods"] = new JsonArray(new JsonObject { ["uid"] = "uid-victim-n3" }), ["numPDBViolations"] = 0 } } };

        var result = Run("preemptVerb: preempt", Make.Info("p", cpu: "4", with: p => p.Spec.Priority = 10));

        Assert.Equal("n3", result.NominatedNode);
        Assert.Equal(["victim-n3"], result.State.Read<Candidate>()!.Victims.Select(v => v.Key.Name));
        Assert.Equal(["n1", "n2", "n3"], _server.Requests[0].Body["NodeNameToVictims"]!.AsObject().Select(pair => pair.Key).Order());
        Assert.Equal("victim-n1", NameOf(_server.Requests[0].Body["NodeNameToVictims"]!["n1"]!["Pods"]![0]!));
    }

    [Fact]
    public void Preempt_NodeCacheCapable_VictimsAreNamedByUid()
    {
        _cache.SetPod(Make.Info("victim", cpu: "4", node: "n1", with: p => p.Spec.Priority = 1));
        foreach (var node in new[] { "n2", "n3" }) _cache.SetPod(Make.Info($"equal-{node}", cpu: "4", node: node, with: p => p.Spec.Priority = 10));
        _server.Answer = (_, _) => new JsonObject { ["nodeNameToMetaVictims"] = new JsonObject() };

        var result = Run("preemptVerb: preempt, nodeCacheCapable: true", Make.Info("p", cpu: "4", with: p => p.Spec.Priority = 10));

        Assert.True(string.IsNullOrEmpty(result.NominatedNode));
        Assert.Equal("""{"n1":{"Pods":[{"UID":"uid-victim"}],"NumPDBViolations":0}}""", _server.Requests[0].Body["NodeNameToMetaVictims"]!.ToJsonString());
    }

    [Theory]
    [InlineData("absent", "extender: URL claims to preempt pod (UID: absent) on node: n1, but the pod is not found on that node")]
    [InlineData(null, "expected at least one victim pod on node \"n1\"")]
    public void Preempt_AnswerThatCannotBe_IsToldUnlessIgnorable(string? uid, string said)
    {
        foreach (var node in new[] { "n1", "n2", "n3" }) _cache.SetPod(Make.Info($"victim-{node}", cpu: "4", node: node, with: p => p.Spec.Priority = 1));
        _server.Answer = (_, _) => new JsonObject
        {
            ["nodeNameToMetaVictims"] = new JsonObject
            {
                ["n1"] = new JsonObject { ["pods"] = uid is null ? new JsonArray() : new JsonArray(new JsonObject { ["uid"] = uid }) },
                ["n2"] = new JsonObject { ["pods"] = new JsonArray(new JsonObject { ["uid"] = "uid-victim-n2" }) },
            },
        };
        var refused = Run("preemptVerb: preempt", Make.Info("p", cpu: "4", with: p => p.Spec.Priority = 10));
        Assert.Null(refused.NominatedNode);
        Assert.EndsWith("preemption: " + said.Replace("URL", _server.Url, StringComparison.Ordinal), refused.Diagnosis.ToString(), StringComparison.Ordinal);

        var went = Run("preemptVerb: preempt, ignorable: true", Make.Info("q", cpu: "4", with: p => p.Spec.Priority = 10)).NominatedNode;
        if (uid is null) Assert.Equal("n2", went);
        else Assert.NotNull(went);
    }

    [Fact]
    public void ManagedResource_IgnoredByTheScheduler_IsTheExtendersBusiness()
    {
        const string managed = "filterVerb: filter, nodeCacheCapable: true, managedResources: [{name: example.com/fpga, ignoredByScheduler: true}]";
        _server.Answer = (_, _) => new JsonObject { ["nodeNames"] = new JsonArray("n2") };
        Assert.NotNull(Run(managed).Node);
        Assert.Empty(_server.Requests);
        var wants = Make.Info("p", with: p => p.Spec.Containers[0].Resources!.Limits = p.Spec.Containers[0].Resources!.Requests = new() { ["example.com/fpga"] = Api.Quantity.Parse("1") });
        Assert.Equal("n2", Run(managed, wants).Node);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Bind_ByTheLoop_IsLeftToTheExtender()
    {
        _server.Answer = (_, _) => new JsonObject();
        var binder = new RecordingBinder();
        using var stopping = new CancellationTokenSource();
        var loop = new SchedulerLoop(Options("bindVerb: bind"), binder, TimeProvider.System, NullLogger.Instance, new SchedulerMetrics(new MetricRegistry(), TimeProvider.System), new Random(1));
        loop.NodeChanged(null, Make.Node("n1"));
        loop.PodChanged(null, Make.Pod("p"));
        var running = Task.Run(() => loop.RunAsync(stopping.Token), TestContext.Current.CancellationToken);
        for (var i = 0; i < 600 && _server.Requests.Count == 0; i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var (verb, sent) = Assert.Single(_server.Requests);
        Assert.Equal(("bind", """{"PodName":"p","PodNamespace":"default","PodUID":"uid-p","Node":"n1"}"""), (verb, sent.ToJsonString()));
    }

    private CycleResult Run(string extender, PodInfo? pod = null) => new SchedulingCycle(Options(extender).Profiles[0], _cache, new Random(1)).Run(pod ?? Make.Info("p"));

    private SchedulerOptions Options(string extender) => ConfigurationReader.Read(Encoding.UTF8.GetBytes($$"""
        apiVersion: kubescheduler.config.k8s.io/v1
        kind: KubeSchedulerConfiguration
        extenders: [{urlPrefix: "{{_server.Url}}", {{extender}}}]
        """)).ToOptions();

    private static IEnumerable<JsonNode> Nodes(JsonObject body) => body["Nodes"]!["items"]!.AsArray().OfType<JsonNode>();

    private static string NameOf(JsonNode obj) => (string)obj["metadata"]!["name"]!;

    private static JsonObject Score(string host, int score) => new() { ["host"] = host, ["score"] = score };
}
