using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Authorization.V1;
using Sampan.Api.Core.V1;
using Sampan.Client.Access;
using Sampan.Client.Metrics;

namespace Sampan.Client.Tests.Metrics;

/// <summary>Who may see what a component serves, as the API server decides it.</summary>
public sealed class DelegatedAccessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeApi _api;
    private int _tokenReviews;
    private int _accessReviews;

    public DelegatedAccessTests() => _api = new FakeApi(_time) { Special = Answer };

    [Theory]
    [InlineData("/healthz", null, null)]
    [InlineData("/healthz/ping", null, "forbidden: User \"system:anonymous\" cannot get path \"/healthz/ping\"")]
    [InlineData("/metrics", null, "forbidden: User \"system:anonymous\" cannot get path \"/metrics\"")]
    [InlineData("/metrics", "prometheus", null)]
    [InlineData("/metrics", "anna", "forbidden: User \"anna\" cannot get path \"/metrics\"")]
    [InlineData("/metrics", "stranger", "Unauthorized")]
    [InlineData("/configz", "root", null)]
    public async Task Refuse_PathAndToken_IsAsTheApiServerSays(string path, string? token, string? refusal)
    {
        var access = Access(_ => ValueTask.FromResult<X509Certificate2Collection?>(null));
        Assert.Equal(refusal, (await access.RefuseAsync(Request(path, token)))?.Message);
    }

    [Fact]
    public async Task Refuse_AskedOften_AsksTheApiServerNowAndThen()
    {
        var access = Access(_ => ValueTask.FromResult<X509Certificate2Collection?>(null));
        for (var i = 0; i < 5; i++) Assert.Null(await access.RefuseAsync(Request("/metrics", "prometheus")));
        Assert.Equal((1, 1), (_tokenReviews, _accessReviews));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(await access.RefuseAsync(Request("/metrics", "prometheus")));
        Assert.Equal((2, 2), (_tokenReviews, _accessReviews));
    }

    [Fact]
    public async Task Refuse_ApiServerDoesNotAnswer_IsAFailureAndNoPermission()
    {
        var access = Access(_ => ValueTask.FromResult<X509Certificate2Collection?>(null));
        _api.Refuse = _ => new ApiConnectionException("nobody there");
        Assert.Equal(500, (await access.RefuseAsync(Request("/metrics", "prometheus")))?.Code);
    }

    [Theory]
    [InlineData("prometheus", "", true)]
    [InlineData("anna", "", false)]
    [InlineData("anna", "system:masters", true)]
    public async Task Refuse_Certificate_CountsIfTheClustersAuthoritySignedIt(string name, string group, bool allowed)
    {
        using var own = SelfSigned(name, group);
        using var other = SelfSigned(name, group);
        _api.Put(new ConfigMap { Metadata = new() { Namespace = "kube-system", Name = "extension-apiserver-authentication" }, Data = new() { ["client-ca-file"] = own.ExportCertificatePem() } });
        var access = Access(new ClusterAuthorities(_api.Client, _time).GetAsync);
        Assert.Equal(allowed, await access.RefuseAsync(Request("/metrics", null, own)) is null);
        Assert.Contains("system:anonymous", (await access.RefuseAsync(Request("/metrics", null, other)))?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithAccess_AnswersWithAStatus()
    {
        var options = new HealthServerOptions(IPAddress.Loopback, 0) { Access = Access(_ => ValueTask.FromResult<X509Certificate2Collection?>(null)) };
        var server = new HealthServer(options, new MetricRegistry(), new HealthCheck("ping", () => null));
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        try
        {
            Assert.Equal("ok", await http.GetStringAsync("/healthz"));
            var refused = await http.GetAsync("/metrics");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("\"reason\":\"Forbidden\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            http.DefaultRequestHeaders.Authorization = new("Bearer", "prometheus");
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/metrics")).StatusCode);
        }
        finally
        {
            await server.StopAsync(default);
        }
    }

    private DelegatedAccess Access(Func<CancellationToken, ValueTask<X509Certificate2Collection?>> authorities) =>
        new(new() { Authorization = _api.Client, Authentication = _api.Client, ClientAuthorities = authorities, Time = _time });

    private object? Answer(ApiRequest request)
    {
        if (request.Content?.Value is TokenReview token)
        {
            _tokenReviews++;
            var known = token.Spec.Token is "prometheus" or "anna" or "root";
            return new TokenReview { Status = known ? new() { Authenticated = true, User = new() { Username = token.Spec.Token, Groups = token.Spec.Token == "root" ? ["system:masters"] : [] } } : new() };
        }

        if (request.Content?.Value is not SubjectAccessReview review) return null;
        _accessReviews++;
        return new SubjectAccessReview { Status = new() { Allowed = review.Spec is { User: "prometheus", NonResourceAttributes: { Verb: "get", Path: "/metrics" } } } };
    }

    private static DefaultHttpContext Request(string path, string? token, X509Certificate2? certificate = null)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path) = ("GET", path);
        if (token is not null) http.Request.Headers.Authorization = $"Bearer {token}";
        http.Connection.ClientCertificate = certificate;
        return http;
    }

    /// <summary>Valid at the time of the fake clock.</summary>
    private X509Certificate2 SelfSigned(string name, string group)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(group.Length > 0 ? $"CN={name},O={group}" : $"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(_time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddDays(1));
    }
}
