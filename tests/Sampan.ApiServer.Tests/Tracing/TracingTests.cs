using Sampan.ApiServer.Tests.Server;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Tests.Tracing;

public sealed class TracingTests
{
    private const string Nodes = "/api/v1/nodes", Node = "/api/v1/nodes/fake", OneNode = "/api/v1/nodes/{:name}";

    private static readonly string[] Update =
    [
        "initial value restored", "About to Encode", "Encode succeeded", "Transaction prepared", "Txn call completed", "Transaction committed",
        "decode succeeded",
    ];

    private static readonly string[] Store =
    [
        "limitedReadBody succeeded", "About to convert to expected version", "Conversion done", "About to store object in database",
        "Write to database call succeeded", "About to write a response",
    ];

    /// <summary>Upstream: test/integration/apiserver/tracing, one after the other.</summary>
    private static readonly TracedRequest[] Requests =
    [
        new("POST", Nodes, Nodes, "Create", Store, """{"metadata":{"name":"fake"}}""")
        {
            Storage = Write("Create etcd3", "About to Encode", "Encode succeeded", "Txn call succeeded", "decode succeeded"),
        },
        new("GET", Node, OneNode, "Get", ["About to Get from storage", "About to write a response"])
        {
            Storage = new("cacher.Get", [("audit-id", null), ("key", "/nodes/fake"), ("resource-version", "")], ["About to fetch object from cache"]),
        },
        new("GET", Nodes, Nodes, "List", ["About to List from storage", "Listing from storage done"])
        {
            Storage = new("cacher.GetList", [("audit-id", null), ("type", "nodes")], ["Listed items from cache", "Filtered items"]),
        },
        new("PUT", Node, OneNode, "Update", Store, """{"metadata":{"name":"fake","annotations":{"foo":"bar"}}}""")
        {
            Storage = Write("GuaranteedUpdate etcd3", Update),
        },
        new(
            "PATCH", Node, OneNode, "Patch",
            ["limitedReadBody succeeded", "About to apply patch", "About to check admission control", "Object stored in database", "About to write a response"],
            """{"metadata":{"labels":{"hello":"world"}}}""", "application/strategic-merge-patch+json")
        {
            Storage = Write("GuaranteedUpdate etcd3", Update),
        },
        new(
            "DELETE", Node, OneNode, "Delete",
            [
                "limitedReadBody succeeded", "Decoded delete options", "About to delete object from database", "Object deleted from database",
                "About to write a response",
            ],
            """{"kind":"DeleteOptions","apiVersion":"v1"}"""),
    ];

    [Fact]
    public async Task Request_Sampled_IsSentToTheCollectorAsUpstreamsSpans()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using (var server = await TestServer.StartAsync(options => options with { Tracing = new TracingOptions(collector.Endpoint, 1_000_000) }))
        {
            foreach (var request in Requests) await request.SendAsync(server);
        }
        Assert.All(Requests, request => request.Check(collector.Spans));
    }

    [Fact]
    public async Task Request_OfNoResource_IsNamedByItsMethod()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using (var server = await TestServer.StartAsync(options => options with { Tracing = new TracingOptions(collector.Endpoint, 1_000_000) }))
        {
            await server.SendAsync("GET", "/version");
        }
        Assert.Contains(collector.Spans, span => span.Name == "GET" && span.Attributes["http.target"] == "/version");
    }

    private static ExpectedSpan Write(string name, params string[] events) => new(
        name, [("audit-id", null), ("key", "/nodes/fake"), ("type", "*core.Node"), ("group", ""), ("resource", "nodes")], events);

    [Fact]
    public void Parse_Upstreams_IsRead()
    {
        const string Text = "{apiVersion: apiserver.config.k8s.io/v1beta1, kind: TracingConfiguration, endpoint: 'collector:4317', samplingRatePerMillion: 100}";
        Assert.Equal(new TracingOptions(new Uri("http://collector:4317"), 100), TracingFile.Parse(Text, "file"));
    }

    [Theory]
    [InlineData("kind: Pod")]
    [InlineData("{apiVersion: apiserver.config.k8s.io/v1, kind: TracingConfiguration, samplingRatePerMillion: 2000000}")]
    public void Parse_Other_IsRefused(string text) => Assert.Throws<FormatException>(() => TracingFile.Parse(text, "file"));
}
