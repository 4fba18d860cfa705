using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Bootstrap;
using Sampan.Client;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Server;

public sealed partial class OperationTests : IDisposable
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
            "process_cpu_seconds_total", "process_resident_memory_bytes", "kubernetes_feature_enabled", "registered_metrics_total", "disabled_metrics_total", "hidden_metrics_total",
        ];
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    /// <summary>What alerts on the rate of errors count.</summary>
    [Theory]
    [InlineData("GET", "/api/v1/namespaces/default/secrets/absent", null, 404)]
    [InlineData("POST", "/api/v1/namespaces/default/secrets", "{", 400)]
    [InlineData("POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"A"}}""", 422)]
    [InlineData("PUT", "/api/v1/namespaces/default/secrets", "{}", 405)]
    public async Task Metrics_OfRefusals_HaveTheirCode(string method, string path, string? body, int code)
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(code, (await server.SendAsync(method, path, body)).Code);
        var series = (await server.SendAsync("GET", "/metrics")).Text.Split('\n')
            .Where(line => line.StartsWith($"apiserver_request_total{{verb=\"{method}\"", StringComparison.Ordinal) && line.Contains("resource=\"secrets\"", StringComparison.Ordinal));
        Assert.Contains(series, line => line.EndsWith($"code=\"{code}\"}} 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_OfTheWatchCacheAndFlowControl_AreThere()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var name in (string[])["a", "b"])
        {
            await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        }
        await server.SendAsync("GET", "/api/v1/namespaces/default/configmaps?labelSelector=a");
        await server.WatchAsync("/api/v1/namespaces/default/configmaps?watch=1", null, 2);
        var text = (await server.SendAsync("GET", "/metrics")).Text;
        string[] lines =
        [
            "apiserver_watch_cache_events_dispatched_total{group=\"\",resource=\"configmaps\"}", "apiserver_watch_cache_events_received_total{group=\"\",resource=\"configmaps\"}",
            "apiserver_init_events_total{group=\"\",resource=\"configmaps\"} 2", "apiserver_cache_list_total{group=\"\",resource=\"configmaps\",index=\"\"} 1",
            "apiserver_cache_list_fetched_objects_total{group=\"\",resource=\"configmaps\",index=\"\"} 2", "apiserver_cache_list_returned_objects_total{group=\"\",resource=\"configmaps\"} 0",
            "type=\"watch\"} 1\n", "apiserver_flowcontrol_work_estimated_seats_bucket{", "apiserver_flowcontrol_request_execution_seconds_sum{",
        ];
        Assert.All(lines, line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    /// <summary>Upstream's stable and beta metrics of an API server without webhooks, policies in CEL and reloaded configuration.</summary>
    [Theory]
    [InlineData("apiserver_admission_controller_admission_duration_seconds", "histogram", "name operation rejected type")]
    [InlineData("apiserver_admission_step_admission_duration_seconds", "histogram", "operation rejected type")]
    [InlineData("apiserver_current_inflight_requests", "gauge", "request_kind")]
    [InlineData("apiserver_longrunning_requests", "gauge", "component group resource scope subresource verb version")]
    [InlineData("apiserver_request_duration_seconds", "histogram", "component dry_run group resource scope subresource verb version")]
    [InlineData("apiserver_request_sli_duration_seconds", "histogram", "component group resource scope subresource verb version")]
    [InlineData("apiserver_request_total", "counter", "code component dry_run group resource scope subresource verb version")]
    [InlineData("apiserver_requested_deprecated_apis", "gauge", "group removed_release resource subresource version")]
    [InlineData("apiserver_response_sizes", "histogram", "component group resource scope subresource verb version")]
    [InlineData("apiserver_storage_objects", "gauge", "resource")]
    [InlineData("apiserver_storage_size_bytes", "gauge", "storage_cluster_id")]
    [InlineData("apiserver_flowcontrol_current_executing_requests", "gauge", "flow_schema priority_level")]
    [InlineData("apiserver_flowcontrol_current_executing_seats", "gauge", "flow_schema priority_level")]
    [InlineData("apiserver_flowcontrol_current_inqueue_requests", "gauge", "flow_schema priority_level")]
    [InlineData("apiserver_flowcontrol_dispatched_requests_total", "counter", "flow_schema priority_level")]
    [InlineData("apiserver_flowcontrol_nominal_limit_seats", "gauge", "priority_level")]
    [InlineData("apiserver_flowcontrol_request_wait_duration_seconds", "histogram", "execute flow_schema priority_level")]
    [InlineData("apiserver_flowcontrol_priority_level_seat_utilization", "histogram", "phase priority_level")]
    [InlineData("apiserver_flowcontrol_priority_level_request_utilization", "histogram", "phase priority_level")]
    [InlineData("apiserver_flowcontrol_demand_seats", "histogram", "priority_level")]
    [InlineData("apiserver_flowcontrol_current_inqueue_seats", "gauge", "flow_schema priority_level")]
    [InlineData("apiserver_flowcontrol_request_queue_length_after_enqueue", "histogram", "flow_schema priority_level")]
    [InlineData("etcd_requests_total", "counter", "group operation resource")]
    [InlineData("authenticated_user_requests", "counter", "username")]
    [InlineData("authentication_duration_seconds", "histogram", "result")]
    [InlineData("kubernetes_build_info", "gauge", "build_date compiler git_commit git_tree_state git_version go_version major minor platform")]
    public async Task Metrics_StableOnes_HaveUpstreamsLabels(string name, string type, string labels)
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a"}}""");
        await server.SendAsync("GET", "/api/v1/endpoints");
        var lines = (await server.SendAsync("GET", "/metrics")).Text.Split('\n');
        Assert.Contains($"# TYPE {name} {type}", lines);
        var series = lines.First(line => line.StartsWith(name + (type == "histogram" ? "_sum{" : "{"), StringComparison.Ordinal));
        Assert.Equal(labels, string.Join(' ', LabelName().Matches(series).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Metrics_SizeOfAList_IsCounted()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync("GET", "/api/v1/configmaps");
        await server.SendAsync("DELETE", "/api/v1/namespaces/default/configmaps/absent");
        var text = (await server.SendAsync("GET", "/metrics")).Text;
        Assert.Contains("apiserver_response_sizes_count{verb=\"LIST\",group=\"\",version=\"v1\",resource=\"configmaps\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("apiserver_response_sizes_bucket{verb=\"DELETE\",group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"resource\",component=\"apiserver\",le=\"+Inf\"} 1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/endpoints", "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"")]
    [InlineData("/api/v1/componentstatuses", "299 - \"v1 ComponentStatus is deprecated in v1.19+\"")]
    [InlineData("/api/v1/services", "")]
    public async Task Get_DeprecatedResource_Warns(string path, string warning)
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(warning, (await server.SendAsync("GET", path)).Headers["Warning"].ToString());
    }

    [Fact]
    public async Task Statusz_AsTextAndAsJson_TellsWhatRuns()
    {
        await using var server = await TestServer.StartAsync();
        var text = (await server.SendAsync("GET", "/statusz")).Text;
        Assert.Contains("apiserver statusz\nWarning: This endpoint is not meant to be machine parseable", text, StringComparison.Ordinal);
        Assert.Contains("Binary version: 1.36.2\nEmulation version: 1.36\nPaths: /debug /flagz /healthz /livez /metrics /readyz /statusz /version\n", text, StringComparison.Ordinal);
        var json = (await server.SendAsync("GET", "/statusz", accept: "application/json;as=Statusz;v=v1beta1;g=config.k8s.io")).Json;
        Assert.Equal(("Statusz", "config.k8s.io/v1beta1", "1.36"), ((string?)json["kind"], (string?)json["apiVersion"], (string?)json["emulationVersion"]));
        Assert.Equal(406, (await server.SendAsync("GET", "/statusz", accept: "application/json")).Code);
    }

    [Fact]
    public async Task Flagz_OfAServerWithFlags_ShowsThem()
    {
        await using var server = await TestServer.StartAsync(options => options with { Flags = new Dictionary<string, string> { ["secure-port"] = "6443", ["bind-address"] = "0.0.0.0" } });
        var text = (await server.SendAsync("GET", "/flagz", accept: "text/plain")).Text;
        Assert.Contains("apiserver flagz\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nbind-address=0.0.0.0\nsecure-port=6443\n", text, StringComparison.Ordinal);
        var json = (await server.SendAsync("GET", "/flagz", accept: "application/json;as=Flagz;v=v1beta1;g=config.k8s.io")).Json;
        Assert.Equal("6443", (string?)json["flags"]!["secure-port"]);
    }

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex LabelName();

    [Fact]
    public async Task Readyz_Verbose_NamesTheChecks()
    {
        await using var server = await TestServer.StartAsync();
        var text = (await server.SendAsync("GET", "/readyz?verbose&exclude=etcd&exclude=nothing")).Text;
        string[] lines =
        [
            "[+]ping ok", "[+]log ok", "[+]etcd excluded: ok", "[+]etcd-readiness ok", "[+]informer-sync ok",
            "[+]poststarthook/rbac/bootstrap-roles ok", "[+]poststarthook/priority-and-fairness-config-producer ok",
            "[+]poststarthook/start-service-ip-repair-controllers ok", "[+]poststarthook/start-kubernetes-service-cidr-controller ok", "[+]shutdown ok",
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
    public async Task Stop_SendingRetryAfter_FinishesWhatWasBegunAndRefusesTheRest()
    {
        var (arrived, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var store = await OpenAsync();
        await using var server = NewServer(store, options => options with
        {
            ShutdownSendsRetryAfter = true,
            Paths = new Dictionary<string, Func<HttpContext, UserInfo, Task>>
            {
                ["/slow"] = async (context, _) =>
                {
                    arrived.SetResult();
                    await mayEnd.Task.WaitAsync(Limit);
                    await context.Response.WriteAsync("done", Limit);
                },
            },
        });
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = server.Address };
        var slow = http.GetStringAsync("/slow", Limit);
        await arrived.Task.WaitAsync(Limit);

        var stopping = server.StopAsync(default);
        using var refused = await http.GetAsync("/api/v1/namespaces", Limit);
        Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.True(refused.Headers.ConnectionClose);
        Assert.Equal("The apiserver is shutting down, please try again later.\n", await refused.Content.ReadAsStringAsync(Limit));
        Assert.Equal("ok", await http.GetStringAsync("/livez", Limit));

        mayEnd.SetResult();
        Assert.Equal("done", await slow);
        await stopping.WaitAsync(Limit);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/livez", Limit));
    }

    [Fact]
    public async Task Stop_WithGraceForWatches_EndsThemOneAfterTheOther()
    {
        var time = new FakeTimeProvider();
        await using var store = await OpenAsync();
        await using var server = NewServer(store, options => options with { WatchTerminationGrace = TimeSpan.FromMinutes(1), Time = time });
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = server.Address };
        var watches = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var answer = await http.GetAsync("/api/v1/namespaces/default/configmaps?watch=1", HttpCompletionOption.ResponseHeadersRead, Limit);
            return new StreamReader(await answer.Content.ReadAsStreamAsync(Limit));
        }));
        var stopping = server.StopAsync(default);
        var ends = watches.Select(watch => watch.ReadLineAsync(Limit).AsTask()).ToList();
        Assert.Contains(ends, end => !end.IsCompleted);
        while (!stopping.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(stopping, Task.Delay(20, Limit));
        }
        Assert.All(await Task.WhenAll(ends), Assert.Null);
        await stopping;
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
