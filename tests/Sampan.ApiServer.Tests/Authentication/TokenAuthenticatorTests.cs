using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authentication.Tokens;

namespace Sampan.ApiServer.Tests.Authentication;

public sealed class TokenAuthenticatorTests
{
    private readonly TokenFile _file = TokenFile.Parse("s3cret,jane,u1,\"dev,ops\"\nother,joe,u2\n", "tokens.csv");

    [Fact]
    public async Task TokenFile_KnownToken_NamesUserAndGroups()
    {
        var user = (await _file.AuthenticateAsync("s3cret", [], default))!.User;
        Assert.Equal(("jane", "u1"), (user.Name, user.Uid));
        Assert.Equal(["dev", "ops", "system:authenticated"], user.Groups);
        Assert.Null(await _file.AuthenticateAsync("s3cre", [], default));
    }

    [Fact]
    public void TokenFile_FewColumns_NamesLineButNoSecret()
    {
        var error = Assert.Throws<InvalidDataException>(() => TokenFile.Parse("a,b,c\ns3cret,joe", "tokens.csv"));
        Assert.Equal("token file 'tokens.csv' must have at least 3 columns (token, user name, user uid), found 2 in line 2", error.Message);
    }

    [Fact]
    public async Task Request_BearerToken_IsTheUser()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = "Bearer s3cret";
        Assert.Equal("jane", (await Authenticator().AuthenticateAsync(context, default))!.Name);
        Assert.False(context.Request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Request_WrongToken_IsUnauthorized()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = "Bearer nope";
        var error = await Assert.ThrowsAsync<StatusException>(async () => await Authenticator().AuthenticateAsync(context, default));
        Assert.Equal((401, "Unauthorized"), (error.Code, error.Message));
    }

    [Fact]
    public async Task Request_WithoutCredentials_IsAnonymous()
    {
        var user = await Authenticator().AuthenticateAsync(new DefaultHttpContext(), default);
        Assert.Equal("system:anonymous", user!.Name);
        Assert.Equal(["system:unauthenticated"], user.Groups);
    }

    [Fact]
    public async Task Request_WebSocketProtocol_CarriesTheToken()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Upgrade = "websocket";
        var token = System.Buffers.Text.Base64Url.EncodeToString("s3cret"u8);
        context.Request.Headers.SecWebSocketProtocol = $"base64url.bearer.authorization.k8s.io.{token}, v5.channel.k8s.io";
        Assert.Equal("jane", (await Authenticator().AuthenticateAsync(context, default))!.Name);
        Assert.Equal("v5.channel.k8s.io", context.Request.Headers.SecWebSocketProtocol.ToString());
    }

    [Theory]
    [InlineData("abcdef.0123456789abcdef", true)]
    [InlineData("abcdef.0123456789abcdee", false)]
    [InlineData("abcdeg.0123456789abcdef", false)]
    [InlineData("abcdef.0123", false)]
    public async Task BootstrapToken_OnlyTheStoredOne_Authenticates(string token, bool isGood)
    {
        var (tokens, _, _) = BootstrapToken();
        var result = await tokens.AuthenticateAsync(token, [], default);
        Assert.Equal(isGood, result is not null);
        if (isGood)
        {
            Assert.Equal("system:bootstrap:abcdef", result!.User.Name);
            Assert.Equal(["system:bootstrappers", "system:bootstrappers:kubeadm", "system:authenticated"], result.User.Groups);
        }
    }

    [Fact]
    public async Task BootstrapToken_Expired_IsRefused()
    {
        var (tokens, _, time) = BootstrapToken();
        time.Now = time.Now.AddHours(2);
        Assert.Null(await tokens.AuthenticateAsync("abcdef.0123456789abcdef", [], default));
    }

    [Fact]
    public async Task BootstrapToken_ForeignGroup_IsRefused()
    {
        var (tokens, secret, _) = BootstrapToken();
        secret.Data!["auth-extra-groups"] = "system:masters"u8.ToArray();
        Assert.Null(await tokens.AuthenticateAsync("abcdef.0123456789abcdef", [], default));
    }

    [Fact]
    public void BoundedCache_ManyKeys_StaysBoundedAndKeepsWhatIsUsed()
    {
        var cache = new BoundedCache<int, string>(10);
        cache.Add(-1, "kept");
        for (var i = 0; i < 1000; i++)
        {
            cache.Add(i, "x");
            Assert.Equal("kept", cache.Find(-1));
        }

        Assert.InRange(cache.Count, 1, 20);
        Assert.Null(cache.Find(5));
    }

    private RequestAuthenticator Authenticator() => new(
        [new BearerAuthenticator(new TokenAuthenticators(_file), [], NullLogger<BearerAuthenticator>.Instance)], allowAnonymous: true);

    private static (BootstrapTokens Tokens, Secret Secret, FixedTime Time) BootstrapToken()
    {
        var time = new FixedTime();
        var secret = new Secret
        {
            Metadata = new() { Namespace = "kube-system", Name = "bootstrap-token-abcdef" },
            Type = "bootstrap.kubernetes.io/token",
            Data = new Dictionary<string, string>
            {
                ["token-id"] = "abcdef",
                ["token-secret"] = "0123456789abcdef",
                ["usage-bootstrap-authentication"] = "true",
                ["auth-extra-groups"] = "system:bootstrappers:kubeadm",
                ["expiration"] = "2026-05-01T13:00:00Z",
            }.ToDictionary(e => e.Key, e => Encoding.UTF8.GetBytes(e.Value)),
        };
        var objects = new FakeObjectSource();
        objects.Set(secret);
        return (new BootstrapTokens(objects, time), secret, time);
    }
}
