using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Audit;

public sealed class AuditServerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-audit-").FullName;

    [Fact]
    public async Task Request_LevelRequestResponse_RecordsBothObjects()
    {
        await using (var server = await StartAsync("[{level: RequestResponse, verbs: [create]}]"))
        {
            var answer = await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a"},"data":{"k":"v"}}""");
            Assert.Equal(201, answer.Code);
            Assert.Equal("v", (string?)answer.Json["data"]!["k"]);
        }
        var events = Events("configmaps");
        Assert.Equal(["RequestReceived", "ResponseComplete"], events.Select(one => (string?)one["stage"]));
        var done = events[1];
        Assert.Equal("v", (string?)done["requestObject"]!["data"]!["k"]);
        Assert.NotNull((string?)done["responseObject"]!["metadata"]!["uid"]);
        Assert.Equal(201, (int?)done["responseStatus"]!["code"]);
        Assert.Equal(("a", "default"), ((string?)done["objectRef"]!["name"], (string?)done["objectRef"]!["namespace"]));
        Assert.Equal("allow", (string?)done["annotations"]!["authorization.k8s.io/decision"]);
        Assert.Equal((string?)events[0]["auditID"], (string?)done["auditID"]);
    }

    [Fact]
    public async Task Request_Refused_RecordsTheReason()
    {
        await using (var server = await StartAsync("[{level: Metadata}]"))
        {
            await server.SendAsync("GET", "/api/v1/namespaces/default/secrets/none");
        }
        var done = Events("secrets").Single(one => (string?)one["stage"] == "ResponseComplete");
        Assert.Equal((404, "NotFound"), ((int)done["responseStatus"]!["code"]!, (string?)done["responseStatus"]!["reason"]));
        Assert.Null(done["responseObject"]);
    }

    [Fact]
    public async Task Watch_Refused_StartsBeforeItIsComplete()
    {
        await using (var server = await StartAsync("[{level: Metadata}]"))
        {
            Assert.Equal(400, (await server.SendAsync("GET", "/api/v1/namespaces/default/secrets?watch=1&resourceVersion=x")).Code);
        }
        var events = Events("secrets");
        Assert.Equal(["RequestReceived", "ResponseStarted", "ResponseComplete"], events.Select(one => (string?)one["stage"]));
        Assert.All(events.Skip(1), one => Assert.Equal(400, (int?)one["responseStatus"]!["code"]));
    }

    [Theory]
    [InlineData("Bearer wrong", "Authentication failed, attempted: bearer")]
    [InlineData(null, "Authentication failed, no credentials provided")]
    public async Task Request_OfNobody_IsRecorded(string? authorization, string message)
    {
        await using (var server = await TestServer.StartAsync(options => Audited("[{level: Metadata}]", options) with { Authentication = new AuthenticationOptions { AllowAnonymous = false } }))
        {
            Assert.Equal(401, (await server.SendAsAsync("/api/v1/namespaces/default/secrets", authorization)).Code);
        }
        var one = Assert.Single(Events("secrets"));
        Assert.Equal(("ResponseStarted", 401, message), ((string?)one["stage"], (int)one["responseStatus"]!["code"]!, (string?)one["responseStatus"]!["message"]));
        Assert.Empty(one["user"]!.AsObject());
    }

    [Fact]
    public async Task Request_WithAWebhook_IsPosted()
    {
        var posts = new List<(string Path, JsonNode Body)>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var collector = builder.Build();
        collector.Run(async context => posts.Add((context.Request.Path, (await JsonNode.ParseAsync(context.Request.Body))!)));
        await collector.StartAsync(TestContext.Current.CancellationToken);
        var config = Path.Combine(_directory, "webhook.yaml");
        await File.WriteAllTextAsync(
            config, $"{{clusters: [{{name: c, cluster: {{server: '{collector.Urls.First()}/audit'}}}}], users: [], contexts: [{{name: c, context: {{cluster: c}}}}], current-context: c}}",
            TestContext.Current.CancellationToken);

        await using (var server = await TestServer.StartAsync(options =>
            Audited("[{level: Metadata, omitStages: [RequestReceived]}]", options) is var audited ? audited with { Audit = audited.Audit with { LogPath = null, WebhookConfigFile = config } } : audited))
        {
            await server.SendAsync("GET", "/api/v1/namespaces/default/secrets/none");
        }

        Assert.All(posts, post => Assert.Equal("/audit", post.Path));
        Assert.Contains(posts.SelectMany(post => post.Body["items"]!.AsArray()), one => (string?)one!["requestURI"] == "/api/v1/namespaces/default/secrets/none");
    }

    [Fact]
    public async Task Request_Loopback_RecordsTypedObjects()
    {
        await using (var server = await StartAsync("[{level: Request, verbs: [create], omitStages: [RequestReceived]}]"))
        {
            await server.Client.CreateAsync(new ConfigMap { Metadata = new() { Name = "b", Namespace = "default" } }, default);
        }
        Assert.Equal("b", (string?)Events("configmaps").Single()["requestObject"]!["metadata"]!["name"]);
    }

    [Fact]
    public async Task Request_OverASocket_IsAnsweredAsWithoutAudit()
    {
        await using (var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false }))
        {
            await using var server = new ApiServer(Audited("[{level: RequestResponse, verbs: [list]}]", new ApiServerOptions
            {
                Store = store,
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
            }));
            await server.StartAsync(default);
            using var http = new HttpClient { BaseAddress = server.Address };
            var list = JsonNode.Parse(await http.GetStringAsync("/api/v1/namespaces"))!;
            Assert.NotEmpty(list["items"]!.AsArray());
        }
        var done = File.ReadAllLines(Path.Combine(_directory, "audit.log")).Select(line => JsonNode.Parse(line)!)
            .Single(one => (string?)one["requestURI"] == "/api/v1/namespaces" && (string?)one["stage"] == "ResponseComplete");
        Assert.NotEmpty(done["responseObject"]!["items"]!.AsArray());
        Assert.Equal("127.0.0.1", (string?)done["sourceIPs"]![0]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private List<JsonNode> Events(string resource) =>
    [
        .. File.ReadAllLines(Path.Combine(_directory, "audit.log")).Select(line => JsonNode.Parse(line)!)
            .Where(one => one["objectRef"] is { } about && (string?)about["resource"] == resource && (string?)about["namespace"] == "default"),
    ];

    private Task<TestServer> StartAsync(string rules) => TestServer.StartAsync(options => Audited(rules, options));

    private ApiServerOptions Audited(string rules, ApiServerOptions options)
    {
        var policy = Path.Combine(_directory, "policy.yaml");
        File.WriteAllText(policy, $"{{apiVersion: audit.k8s.io/v1, kind: Policy, rules: {rules}}}");
        return options with { Audit = new AuditOptions { PolicyFile = policy, LogPath = Path.Combine(_directory, "audit.log") } };
    }
}
