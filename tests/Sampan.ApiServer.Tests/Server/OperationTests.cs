using System.Net;
using System.Text;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Bootstrap;
using Sampan.Client;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Server;

public sealed class OperationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-operations-").FullName;

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task Metrics_AfterRequests_HaveUpstreamsNames()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a"}}""");
        await server.SendAsync("GET", "/api/v1/namespaces/default/configmaps/a");
        await server.SendAsync("GET", "/readyz");
        var text = (await server.SendAsync("GET", "/metrics")).Text;
        Assert.Contains(
            "apiserver_request_total{verb=\"POST\",dry_run=\"\",group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"resource\",component=\"apiserver\",code=\"201\"}",
            text, StringComparison.Ordinal);
        string[] names =
        [
            "apiserver_request_duration_seconds_bucket{verb=\"GET\"", "apiserver_response_sizes_count{verb=\"GET\"",
            "apiserver_current_inflight_requests{request_kind=\"readOnly\"}", "apiserver_storage_objects{resource=\"configmaps\"}",
            "apiserver_resource_objects{group=\"\",resource=\"configmaps\"}",
            "etcd_request_duration_seconds_count{operation=\"create\",group=\"\",resource=\"configmaps\"}",
            "apiserver_admission_controller_admission_duration_seconds_count{name=\"NamespaceLifecycle\",type=\"admit\",operation=\"CREATE\",rejected=\"false\"}",
            "authorization_attempts_total{result=\"allowed\"}", "authorization_duration_seconds_count{result=\"allowed\"}",
            "apiserver_request_total{verb=\"GET\",dry_run=\"\",group=\"\",version=\"\",resource=\"\",subresource=\"/readyz\",scope=\"\",component=\"\",code=\"200\"}",
            "authentication_attempts{result=\"success\"}", "apiserver_flowcontrol_dispatched_requests_total{priority_level=",
            "process_cpu_seconds_total", "process_resident_memory_bytes",
        ];
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Readyz_Verbose_NamesTheChecks()
    {
        await using var server = await TestServer.StartAsync();
        var text = (await server.SendAsync("GET", "/readyz?verbose&exclude=etcd&exclude=nothing")).Text;
        string[] lines =
        [
            "[+]ping ok", "[+]log ok", "[+]etcd excluded: ok", "[+]etcd-readiness ok", "[+]informer-sync ok",
            "[+]poststarthook/rbac/bootstrap-roles ok", "[+]shutdown ok",
            "warn: some health checks cannot be excluded: no matches for \"nothing\"", "readyz check passed",
        ];
        Assert.All(lines, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
        Assert.Equal("ok", (await server.SendAsync("GET", "/livez/ping")).Text);
        Assert.Contains("kubernetes_healthcheck{name=\"ping\",type=\"readyz\"} 1", (await server.SendAsync("GET", "/metrics/slis")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithDelay_IsNotReadyFirstAndThenEndsWatches()
    {
        var time = new FakeTimeProvider();
        await using var store = await OpenAsync();
        await using var server = NewServer(store, options => options with { ShutdownDelay = TimeSpan.FromMinutes(1), Time = time });
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = server.Address };
        using var watch = await http.GetAsync("/api/v1/namespaces/default/configmaps?watch=1", HttpCompletionOption.ResponseHeadersRead, Limit);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync(Limit));

        var stopping = server.StopAsync(default);
        using var ready = await http.GetAsync("/readyz?verbose", Limit);
        Assert.Equal(HttpStatusCode.InternalServerError, ready.StatusCode);
        Assert.Contains("[-]shutdown failed: reason withheld", await ready.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
        Assert.Equal("ok", await http.GetStringAsync("/livez", Limit));
        using var created = await http.PostAsync(
            "/api/v1/namespaces/default/configmaps", new StringContent("""{"metadata":{"name":"late"}}""", Encoding.UTF8, "application/json"), Limit);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Contains("\"late\"", await lines.ReadLineAsync(Limit), StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await lines.ReadLineAsync(Limit));
        await stopping.WaitAsync(Limit);
    }

    [Fact]
    public async Task Start_Listening_AnnouncesItselfByALease()
    {
        await using var store = await OpenAsync();
        await using var server = NewServer(store, options => options with { AdvertiseAddress = IPAddress.Parse("192.0.2.7") });
        await server.StartAsync(default);
        var client = new ApiClient(server.Loopback());
        var lease = await client.Of<Lease>().GetAsync("kube-system", IdentityLease.NameOf(Environment.MachineName), default);
        Assert.Equal("kube-apiserver", lease.Metadata.Labels!["apiserver.kubernetes.io/identity"]);
        Assert.StartsWith(lease.Metadata.Name + "_", lease.Spec.HolderIdentity, StringComparison.Ordinal);
        Assert.Equal(3600, lease.Spec.LeaseDurationSeconds);
    }

    [Fact]
    public async Task Renew_OtherLeaseExpired_RemovesIt()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time);
        await new IdentityLease(server.Client, "gone", time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).TryRenewAsync(default);
        time.Advance(TimeSpan.FromHours(2));
        await new IdentityLease(server.Client, "here", time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).TryRenewAsync(default);
        Assert.Null(await server.Client.Of<Lease>().FindAsync("kube-system", IdentityLease.NameOf("gone"), default));
        Assert.NotNull(await server.Client.Of<Lease>().FindAsync("kube-system", IdentityLease.NameOf("here"), default));
    }

    [Fact]
    public async Task ComponentStatuses_List_AsksEveryComponent()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            ComponentProbes = new Dictionary<string, Func<CancellationToken, Task<string?>>>
            {
                ["scheduler"] = _ => Task.FromResult<string?>(null),
                ["controller-manager"] = _ => Task.FromResult<string?>("connection refused"),
            },
        });
        var list = (await server.Client.Of<ComponentStatus>().ListAsync(null, default)).Items;
        Assert.Equal(["controller-manager", "etcd-0", "scheduler"], list.Select(one => one.Metadata.Name));
        Assert.Equal(["False", "True", "True"], list.Select(one => one.Conditions![0].Status));
        Assert.Equal("connection refused", list[0].Conditions![0].Message);
        Assert.Equal("etcd-0", (await server.Client.Of<ComponentStatus>().GetAsync(null, "etcd-0", default)).Metadata.Name);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<EmbeddedStore> OpenAsync() =>
        EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false });

    private static ApiServer NewServer(EmbeddedStore store, Func<ApiServerOptions, ApiServerOptions> change) => new(change(new ApiServerOptions
    {
        Store = store,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
    }));
}
