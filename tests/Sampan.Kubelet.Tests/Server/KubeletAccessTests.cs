using Microsoft.AspNetCore.Http;
using Sampan.Client;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Server;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Server;

public sealed class KubeletAccessTests
{
    private readonly ReviewApi _api = new() { Tokens = { ["t"] = "metrics" } };
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("/metrics/resource", "metrics")]
    [InlineData("/metrics", "metrics")]
    [InlineData("/stats/summary", "stats")]
    [InlineData("/pods", "pods proxy")]
    [InlineData("/runningpods/", "pods proxy")]
    [InlineData("/configz", "configz proxy")]
    [InlineData("/healthz", "healthz proxy")]
    [InlineData("/statusz", "statusz proxy")]
    [InlineData("/flagz", "configz proxy")]
    [InlineData("/logs/syslog", "log")]
    [InlineData("/exec/ns/pod/c", "proxy")]
    [InlineData("/metricsother", "proxy")]
    public void Subresources_OfPath_AreUpstreams(string path, string subresources) =>
        Assert.Equal(subresources, string.Join(' ', KubeletPermissions.Subresources(path)));

    [Fact]
    public async Task Refuse_WithoutCredentials_IsUnauthorized() =>
        Assert.Equal((401, "Unauthorized"), await Access().RefuseAsync(Request("/pods", null)));

    [Fact]
    public async Task Refuse_UnknownToken_IsUnauthorized() =>
        Assert.Equal((401, "Unauthorized"), await Access().RefuseAsync(Request("/pods", "other")));

    [Fact]
    public async Task Refuse_NeitherFineNorProxyAllowed_NamesBoth()
    {
        Assert.Equal((403, "Forbidden (user=metrics, verb=get, resource=nodes, subresource(s)=[pods proxy])"), await Access().RefuseAsync(Request("/pods", "t")));
        Assert.Equal(["token t", "metrics get pods", "metrics get proxy"], _api.Asked);
    }

    [Theory]
    [InlineData("metrics get pods")]
    [InlineData("metrics get proxy")]
    public async Task Refuse_EitherFineOrProxyAllowed_LetsIn(string allowed)
    {
        _api.Allowed.Add(allowed);
        Assert.Null(await Access().RefuseAsync(Request("/pods", "t")));
    }

    [Fact]
    public async Task Refuse_AskedAgain_RemembersForAWhile()
    {
        var access = Access();
        Assert.NotNull(await access.RefuseAsync(Request("/metrics/resource", "t")));
        _api.Allowed.Add("metrics get metrics");
        Assert.NotNull(await access.RefuseAsync(Request("/metrics/resource", "t")));

        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Null(await access.RefuseAsync(Request("/metrics/resource", "t")));
        Assert.Equal(["token t", "metrics get metrics", "metrics get metrics"], _api.Asked);
    }

    [Fact]
    public async Task Refuse_AnonymousWhereAllowed_IsAskedAbout()
    {
        _api.Allowed.Add("system:anonymous get healthz");
        var access = Access(new() { Authentication = new() { Anonymous = new() { Enabled = true } } });
        Assert.Null(await access.RefuseAsync(Request("/healthz", null)));
        Assert.Equal(403, (await access.RefuseAsync(Request("/pods", null)))!.Value.Status);
    }

    [Fact]
    public async Task Refuse_ModeAlwaysAllow_AsksNobodyWhatUsersMayDo()
    {
        Assert.Null(await Access(new() { Authorization = new() { Mode = "AlwaysAllow" } }).RefuseAsync(Request("/pods", "t")));
        Assert.Equal(["token t"], _api.Asked);
    }

    private KubeletAccess Access(KubeletConfiguration? configuration = null) =>
        new(new KubeletOptions { Client = new ApiClient(_api), NodeName = "node", Time = _time, Configuration = configuration ?? new() });

    private static DefaultHttpContext Request(string path, string? token)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = path } };
        if (token is not null)
        {
            context.Request.Headers.Authorization = "Bearer " + token;
        }

        return context;
    }
}
