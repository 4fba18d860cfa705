namespace Sampan.ApiServer.Tests.Server;

/// <summary>Pages of other origins, in browsers.</summary>
public sealed class CorsTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    [Theory]
    [InlineData("https://example.com", true)]
    [InlineData("https://example.com:8443", true)]
    [InlineData("https://pages.example.org", true)]
    [InlineData("https://example.com.attacker.net", false)]
    [InlineData("https://other.net", false)]
    public async Task Request_OfAnOrigin_IsShownToItIfAllowed(string origin, bool allowed)
    {
        await using var server = await StartAsync();
        var answer = await SendAsync(server, "GET", Maps, origin);
        Assert.Equal(200, answer.Code);
        Assert.Equal(allowed ? origin : "", answer.Headers.AccessControlAllowOrigin.ToString());
        Assert.Equal(allowed ? "true" : "", answer.Headers.AccessControlAllowCredentials.ToString());
        Assert.Equal(allowed ? "Date" : "", answer.Headers.AccessControlExposeHeaders.ToString());
        Assert.Equal(allowed, answer.Headers.AccessControlAllowHeaders.ToString().Contains("Authorization", StringComparison.Ordinal));
    }

    /// <summary>Browsers ask without credentials whether they may send them.</summary>
    [Fact]
    public async Task Preflight_WithoutCredentials_IsAnswered()
    {
        await using var server = await StartAsync(options => options with { Authentication = new AuthenticationOptions { AllowAnonymous = false } });
        var asked = await SendAsync(server, "OPTIONS", Maps, "https://example.com");
        Assert.Equal((204, "POST, GET, OPTIONS, PUT, DELETE, PATCH"), (asked.Code, asked.Headers.AccessControlAllowMethods.ToString()));
        var refused = await SendAsync(server, "GET", Maps, "https://example.com");
        Assert.Equal((401, "https://example.com"), (refused.Code, refused.Headers.AccessControlAllowOrigin.ToString()));
        Assert.Equal(401, (await SendAsync(server, "OPTIONS", Maps, "https://other.net")).Code);
    }

    [Theory]
    [InlineData("^http://foo.com$")]
    [InlineData("^http://foo.com")]
    [InlineData("://foo.com$")]
    [InlineData("//foo.com(:|$)")]
    [InlineData("(^foo.com$)")]
    [InlineData("", "empty value in --cors-allowed-origins")]
    [InlineData("^foo.com", "regular expression does not pin to start/end of host in the origin header")]
    [InlineData("//foo.com", "regular expression does not pin to start/end of host in the origin header")]
    [InlineData("foo.com$", "regular expression does not pin to start/end of host in the origin header")]
    [InlineData("foo.com(:|$)", "regular expression does not pin to start/end of host in the origin header")]
    [InlineData("^http://(foo.com$", "--cors-allowed-origins has an invalid regular expression")]
    public void Parse_Pattern_HasToNameBothEndsOfTheHost(string pattern, string? complaint = null)
    {
        if (complaint is null)
        {
            Assert.Single(CorsOrigins.Parse([pattern]));
        }
        else
        {
            Assert.Contains(complaint, Assert.Throws<FormatException>(() => CorsOrigins.Parse([pattern])).Message, StringComparison.Ordinal);
        }
    }

    private static Task<TestServer> StartAsync(Func<ApiServerOptions, ApiServerOptions>? change = null) => TestServer.StartAsync(options =>
        (change ?? (same => same))(options) with { AllowedOrigins = CorsOrigins.Parse(["//example.com(:|$)", "^https://pages\\.example\\.org$"]) });

    private static Task<RawAnswer> SendAsync(TestServer server, string method, string path, string origin) =>
        server.SendAsync(method, path, null, http => http.Request.Headers.Origin = origin);
}
