using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Client.Tests.Http;

public sealed class HttpTransportTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _seen = [];
    private X509Certificate2 _certificate = null!;
    private WebApplication _app = null!;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    private string Url => _app.Urls.First();

    public async ValueTask InitializeAsync()
    {
        _certificate = SelfSigned("127.0.0.1");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(h =>
        {
            h.ServerCertificate = _certificate;
            h.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            h.ClientCertificateValidation = (_, _, _) => true;
        })));
        _app = builder.Build();
        _app.Run(async context =>
        {
            lock (_seen) _seen.Add($"{context.Request.Protocol} {context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            await _answer(context);
        });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task GetAsync_OverTls_UsesHttp2AndTheClientCertificate()
    {
        string? subject = null;
        _answer = async context =>
        {
            subject = (await context.Connection.GetClientCertificateAsync())?.Subject;
            await JsonAsync(context, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"x"},"data":{"k":"v"}}""");
        };
        using var identity = SelfSigned("admin");
        await using var client = NewClient(c => c with
        {
            ClientCertificateData = identity.ExportCertificatePem(), ClientKeyData = identity.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(),
        });
        var map = await client.Of<ConfigMap>().GetAsync("x", "a", default);
        Assert.Equal("v", map.Data!["k"]);
        Assert.Equal("HTTP/2 GET /api/v1/namespaces/x/configmaps/a", _seen.Single());
        Assert.Equal("CN=admin", subject);
    }

    [Fact]
    public async Task GetAsync_UntrustedServer_SaysSo()
    {
        using var stranger = SelfSigned("stranger");
        await using var client = NewClient(c => c with { CertificateAuthorityData = stranger.ExportCertificatePem() });
        var e = await Assert.ThrowsAsync<ApiConnectionException>(() => client.Of<ConfigMap>().GetAsync("x", "a", default));
        Assert.Contains("TLS failed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_AuthorityFileReplaced_TrustsTheNewOne()
    {
        var file = Path.GetTempFileName();
        using var stranger = SelfSigned("stranger");
        await File.WriteAllTextAsync(file, stranger.ExportCertificatePem());
        _answer = context => JsonAsync(context, "{}");
        await using var client = new ApiClient(new ClientConfig { Server = Url, CertificateAuthorityFile = file });
        await Assert.ThrowsAsync<ApiConnectionException>(() => client.GetRawAsync("/version", default));
        await File.WriteAllTextAsync(file, _certificate.ExportCertificatePem());
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddSeconds(1_700_000_000));
        Assert.Equal("{}", Encoding.UTF8.GetString((await client.GetRawAsync("/version", default)).Span));
        File.Delete(file);
    }

    [Fact]
    public async Task GetAsync_TokenIsRefused_AsksForAnotherOne()
    {
        var (given, refused) = (0, 0);
        _answer = context =>
        {
            if (context.Request.Headers.Authorization == "Bearer t2") return JsonAsync(context, "{}");
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };
        await using var client = NewClient(c => c with { TokenSource = _ => ValueTask.FromResult($"t{++given}"), TokenRefused = () => refused++ });
        Assert.Equal("{}", Encoding.UTF8.GetString((await client.GetRawAsync("/version", default)).Span));
        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task GetAsync_TokenSourceAndMetrics_AsksForTheTokenAndCounts()
    {
        var metrics = new Sampan.Client.Metrics.MetricRegistry();
        var given = 0;
        _answer = context => JsonAsync(context, $"{{\"token\":\"{context.Request.Headers.Authorization}\"}}");
        var config = new ClientConfig { Server = Url, CertificateAuthorityData = _certificate.ExportCertificatePem(), Token = "own" }.Anonymous();
        await using var client = new ApiClient(config with { Metrics = metrics, TokenSource = _ => ValueTask.FromResult($"t{++given}") });
        Assert.Contains("Bearer t1", Encoding.UTF8.GetString((await client.GetRawAsync("/version", default)).Span), StringComparison.Ordinal);
        Assert.Contains("Bearer t2", Encoding.UTF8.GetString((await client.GetRawAsync("/version", default)).Span), StringComparison.Ordinal);
        Assert.Contains($"rest_client_requests_total{{code=\"200\",method=\"GET\",host=\"{new Uri(Url).Authority}\"}} 2", metrics.Render(), StringComparison.Ordinal);
        Assert.Contains($"rest_client_response_size_bytes_count{{verb=\"GET\",host=\"{new Uri(Url).Authority}\"}} 2", metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_Refused_SaysWhereAndWhy()
    {
        await using var client = new ApiClient(new ClientConfig { Server = "http://127.0.0.1:1" });
        var e = await Assert.ThrowsAsync<ApiConnectionException>(() => client.Of<ConfigMap>().GetAsync("x", "a", default));
        Assert.Contains("GET http://127.0.0.1:1/api/v1/namespaces/x/configmaps/a: connection refused", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_Failure_IsTheServersStatus()
    {
        _answer = context => JsonAsync(
            context, """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"gone fishing","reason":"NotFound","code":404}""", 404);
        await using var client = NewClient();
        Assert.Null(await client.Of<ConfigMap>().FindAsync("x", "a", default));
        var e = await Assert.ThrowsAsync<StatusException>(() => client.Of<ConfigMap>().GetAsync("x", "a", default));
        Assert.Equal("gone fishing", e.Message);
    }

    [Fact]
    public async Task CreateAsync_TooManyRequests_WaitsAsAskedThenSendsAgain()
    {
        var refused = 0;
        _answer = context =>
        {
            if (refused++ > 0) return JsonAsync(context, """{"metadata":{"name":"a"}}""", 201);
            context.Response.Headers.RetryAfter = "7";
            return JsonAsync(context, """{"kind":"Status","status":"Failure","reason":"TooManyRequests","code":429}""", 429);
        };
        var metrics = new Sampan.Client.Metrics.MetricRegistry();
        await using var client = NewClient(c => c with { Metrics = metrics });
        var created = client.Of<ConfigMap>().CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Name = "a", Namespace = "x" } }, default);
        await Eventually.TrueAsync(() => refused == 1 && _time.NextTimer == _time.GetUtcNow() + TimeSpan.FromSeconds(7), "the pause");
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal("a", (await created).Metadata.Name);
        var host = new Uri(Url).Authority;
        Assert.Contains($"rest_client_request_retries_total{{code=\"429\",verb=\"POST\",host=\"{host}\"}} 1\n", metrics.Render(), StringComparison.Ordinal);
        Assert.Contains($"rest_client_request_size_bytes_count{{verb=\"POST\",host=\"{host}\"}} 2\n", metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_NoAnswer_TimesOutWithTheReason()
    {
        _answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await using var client = NewClient();
        var get = client.Of<ConfigMap>().GetAsync("x", "a", default);
        await Eventually.TrueAsync(() => _seen.Count == 1, "the request");
        _time.Advance(TimeSpan.FromSeconds(60));
        var e = await Assert.ThrowsAsync<ApiConnectionException>(() => get);
        Assert.Contains("no answer within 60 s", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_Json_ReadsItemsAndRevision()
    {
        _answer = context => JsonAsync(
            context,
            """{"kind":"ConfigMapList","metadata":{"resourceVersion":"42","continue":"next","remainingItemCount":3},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]}""");
        await using var client = NewClient();
        var list = await client.Of<ConfigMap>().ListAsync("x", new ListOptions { Limit = 2, LabelSelector = "a=b,c!=d" }, default);
        Assert.Equal(["a", "b"], list.Items.Select(i => i.Metadata.Name));
        Assert.Equal(("42", "next", 3L), (list.ResourceVersion, list.Continue, list.RemainingItemCount));
        Assert.EndsWith("?labelSelector=a%3Db%2Cc%21%3Dd&limit=2", _seen.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_Protobuf_ReadsItemsAndRevision()
    {
        _answer = async context =>
        {
            Assert.StartsWith(MediaTypes.Protobuf, context.Request.Headers.Accept.ToString(), StringComparison.Ordinal);
            using var writer = new ProtoWriter();
            var mark = ProtoEnvelope.Begin(writer, "v1", "ConfigMapList");
            var meta = writer.BeginMessage(1);
            writer.WriteString(2, "42");
            writer.EndMessage(meta);
            writer.WriteMessage(2, new ConfigMap { Metadata = new ObjectMeta { Name = "a" } });
            ProtoEnvelope.End(writer, mark);
            context.Response.ContentType = MediaTypes.Protobuf;
            await context.Response.Body.WriteAsync(writer.ToArray());
        };
        await using var client = NewClient(c => c with { Format = WireFormat.Protobuf });
        var list = await client.Of<ConfigMap>().ListAsync("x", default);
        Assert.Equal(("42", "a"), (list.ResourceVersion, list.Items.Single().Metadata.Name));
    }

    /// <summary>Frames arrive in pieces that have nothing to do with their borders.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task WatchAsync_FramesInPieces_AreDecodedUntilTheServerEnds(int piece)
    {
        var text = string.Concat(Enumerable.Range(1, 20).Select(i =>
            "{\"type\":\"" + (i == 20 ? "BOOKMARK" : "ADDED") + "\",\"object\":{\"metadata\":{\"name\":\"n" + i + "\",\"resourceVersion\":\"" + i + "\"}}}\n"));
        _answer = async context =>
        {
            context.Response.ContentType = MediaTypes.Json;
            foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(piece))
            {
                await context.Response.Body.WriteAsync(part);
                if (piece < 100) await context.Response.Body.FlushAsync();
            }
        };
        await using var client = NewClient();
        var events = new List<WatchEvent<ConfigMap>>();
        await foreach (var e in client.Of<ConfigMap>().WatchAsync("x", new ListOptions { ResourceVersion = "0" }, default)) events.Add(e);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"n{i}"), events.Select(e => e.Object.Metadata.Name));
        Assert.Equal(WatchEventType.Bookmark, events[^1].Type);
    }

    [Fact]
    public async Task WatchAsync_ErrorFrame_IsThrown()
    {
        _answer = context => JsonAsync(context, """{"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410,"message":"too old"}}""");
        await using var client = NewClient();
        var e = await Assert.ThrowsAsync<StatusException>(async () =>
        {
            await foreach (var _ in client.Of<ConfigMap>().WatchAsync("x", null, default)) Assert.Fail("no event was sent");
        });
        Assert.True(e.IsGone);
    }

    [Fact]
    public async Task TokenFile_Rotated_IsReadAgain()
    {
        var file = Path.GetTempFileName();
        try
        {
            var tokens = new List<string>();
            _answer = context =>
            {
                tokens.Add(context.Request.Headers.Authorization.ToString());
                return JsonAsync(context, "{}");
            };
            await File.WriteAllTextAsync(file, "one\n");
            await using var client = NewClient(c => c with { TokenFile = file });
            await client.Of<ConfigMap>().GetAsync("x", "a", default);
            await File.WriteAllTextAsync(file, "two\n");
            await client.Of<ConfigMap>().GetAsync("x", "a", default);
            _time.Advance(TimeSpan.FromSeconds(61));
            await client.Of<ConfigMap>().GetAsync("x", "a", default);
            Assert.Equal(["Bearer one", "Bearer one", "Bearer two"], tokens);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task ClientCertificate_FileReplaced_TheNextRequestShowsItWhileAWatchGoesOn()
    {
        var file = Path.GetTempFileName();
        try
        {
            var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _answer = async context =>
            {
                var name = (await context.Connection.GetClientCertificateAsync())!.Subject[3..];
                if (context.Request.QueryString.Value?.Contains("watch=") != true)
                {
                    await JsonAsync(context, Map(name));
                    return;
                }

                await context.Response.WriteAsync($$"""{"type":"ADDED","object":{{Map(name)}} }""" + "\n");
                await context.Response.Body.FlushAsync();
                await goOn.Task;
                await context.Response.WriteAsync($$"""{"type":"ADDED","object":{{Map(name)}} }""" + "\n");
            };
            WriteIdentity(file, "first", ageInSeconds: 10);
            await using var client = NewClient(c => c with { ClientCertificateFile = file });
            var maps = client.Of<ConfigMap>();
            await using var watch = maps.WatchAsync("x", null, default).GetAsyncEnumerator();
            Assert.True(await watch.MoveNextAsync());
            Assert.Equal("first", (await maps.GetAsync("x", "a", default)).Metadata.Name);
            await File.WriteAllTextAsync(file, "half of it");
            Assert.Equal("first", (await maps.GetAsync("x", "a", default)).Metadata.Name);
            WriteIdentity(file, "second", ageInSeconds: 5);
            Assert.Equal("second", (await maps.GetAsync("x", "a", default)).Metadata.Name);
            goOn.SetResult();
            Assert.True(await watch.MoveNextAsync());
            Assert.Equal("first", watch.Current.Object.Metadata.Name);
        }
        finally
        {
            File.Delete(file);
        }

        static string Map(string name) => $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}" } }""";
    }

    [Fact]
    public async Task PatchAsync_Kinds_CarryTheirMediaTypes()
    {
        var types = new List<string>();
        _answer = context =>
        {
            types.Add($"{context.Request.ContentType} {context.Request.QueryString}");
            return JsonAsync(context, "{}");
        };
        await using var client = NewClient();
        var maps = client.Of<ConfigMap>();
        await maps.PatchAsync("x", "a", Patch.Merge(new System.Text.Json.Nodes.JsonObject()), default);
        await maps.PatchAsync("x", "a", Patch.StrategicMerge(new System.Text.Json.Nodes.JsonObject()), default);
        await maps.PatchAsync("x", "a", Patch.Json([]), default);
        await maps.PatchAsync("x", "a", Patch.Apply(new ConfigMap(), "me", force: true), default);
        Assert.Equal(
            ["application/merge-patch+json ", "application/strategic-merge-patch+json ", "application/json-patch+json ", "application/apply-patch+yaml ?fieldManager=me&force=true"],
            types);
    }

    private static async Task JsonAsync(HttpContext context, string body, int code = 200)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = MediaTypes.Json;
        await context.Response.WriteAsync(body);
    }

    private static void WriteIdentity(string file, string name, int ageInSeconds)
    {
        using var identity = SelfSigned(name);
        File.WriteAllText(file, identity.ExportCertificatePem() + "\n" + identity.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddSeconds(1_700_000_000 - ageInSeconds));
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private ApiClient NewClient(Func<ClientConfig, ClientConfig>? change = null)
    {
        var config = new ClientConfig { Server = Url, CertificateAuthorityData = _certificate.ExportCertificatePem() };
        return new ApiClient(change?.Invoke(config) ?? config, _time);
    }
}
