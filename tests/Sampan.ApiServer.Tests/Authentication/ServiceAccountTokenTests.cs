using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Authentication.ServiceAccounts;
using Sampan.ApiServer.Authentication.Tokens;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Authentication;

public sealed class ServiceAccountTokenTests
{
    private readonly FakeObjectSource _objects = new();
    private readonly FixedTime _time = new();
    private readonly ServiceAccountOptions _options;
    private readonly TokenRequests _requests;
    private readonly ServiceAccountAuthenticator _authenticator;
    private readonly List<string> _warnings = [];

    public ServiceAccountTokenTests()
    {
        var key = new SigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        _options = new ServiceAccountOptions { PublicKeys = [key.PublicKey], SigningKey = key, MaxExpiration = TimeSpan.FromHours(24) };
        _requests = new TokenRequests(_options, _objects, _time);
        _authenticator = new ServiceAccountAuthenticator(_options, _objects, new SecretTokenUses(_time), _time, NullLogger<ServiceAccountAuthenticator>.Instance);
        _objects.Set(new ServiceAccount { Metadata = new() { Namespace = "web", Name = "robot", Uid = "sa-1" } });
        _objects.Set(new Node { Metadata = new() { Name = "worker", Uid = "node-1" } });
        _objects.Set(new Pod
        {
            Metadata = new() { Namespace = "web", Name = "nginx", Uid = "pod-1" },
            Spec = new() { ServiceAccountName = "robot", NodeName = "worker" },
        });
    }

    [Fact]
    public async Task Authenticate_TokenOfPod_TellsAccountPodAndNode()
    {
        var token = Request(new TokenRequestSpec { BoundObjectRef = PodReference() }).Status.Token;
        var user = (await Authenticate(token))!.User;
        Assert.Equal("system:serviceaccount:web:robot", user.Name);
        Assert.Equal("sa-1", user.Uid);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:web", "system:authenticated"], user.Groups);
        Assert.Equal(["nginx"], user.Extra["authentication.kubernetes.io/pod-name"]);
        Assert.Equal(["pod-1"], user.Extra["authentication.kubernetes.io/pod-uid"]);
        Assert.Equal(["worker"], user.Extra["authentication.kubernetes.io/node-name"]);
        Assert.Equal(["node-1"], user.Extra["authentication.kubernetes.io/node-uid"]);
        Assert.StartsWith("JTI=", user.Extra["authentication.kubernetes.io/credential-id"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authenticate_PodReplaced_RefusesToken()
    {
        var token = Request(new TokenRequestSpec { BoundObjectRef = PodReference() }).Status.Token;
        Assert.NotNull(await Authenticate(token));
        _objects.Set(new Pod { Metadata = new() { Namespace = "web", Name = "nginx", Uid = "pod-2" } });
        Assert.Equal("pod UID (pod-2) does not match service account pod ref claim (pod-1)", await Refusal(token));
        _objects.Remove<Pod>("web", "nginx");
        Assert.Equal("service account token has been invalidated", await Refusal(token));
    }

    [Fact]
    public async Task Authenticate_AccountDeleted_RefusesToken()
    {
        var token = Request(new TokenRequestSpec()).Status.Token;
        _objects.Remove<ServiceAccount>("web", "robot");
        Assert.Equal("serviceaccounts \"robot\" not found", await Refusal(token));
    }

    [Fact]
    public async Task Authenticate_Expired_RefusesToken()
    {
        var token = Request(new TokenRequestSpec { ExpirationSeconds = 600 }).Status.Token;
        _time.Now += TimeSpan.FromSeconds(650);
        Assert.NotNull(await Authenticate(token));
        _time.Now += TimeSpan.FromSeconds(11);
        Assert.Equal("service account token has expired", await Refusal(token));
    }

    [Fact]
    public async Task Authenticate_OtherAudience_RefusesToken()
    {
        var token = Request(new TokenRequestSpec { Audiences = ["vault"] }).Status.Token;
        Assert.Equal(
            "token audiences [\"vault\"] is invalid for the target audiences [\"https://kubernetes.default.svc.cluster.local\"]",
            await Refusal(token));
        var result = await _authenticator.AuthenticateAsync(token, ["vault", "other"], default);
        Assert.Equal(["vault"], result!.Audiences);
    }

    [Fact]
    public async Task Authenticate_ForeignSignature_RefusesToken()
    {
        var foreign = new SigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var token = Request(new TokenRequestSpec()).Status.Token;
        var claims = JsonWebToken.Parse(token)!.Payload;
        Assert.Equal("invalid bearer token", await Refusal(foreign.Sign(claims.Span)));
    }

    [Fact]
    public async Task Authenticate_ForeignIssuer_LeavesTokenToOthers()
    {
        var key = _options.SigningKey!;
        Assert.Null(await Authenticate(key.Sign("""{"iss":"https://accounts.example","sub":"jane"}"""u8)));
        Assert.Null(await Authenticate("opaque"));
    }

    [Fact]
    public async Task Authenticate_NoneAlgorithm_RefusesToken()
    {
        var parts = Request(new TokenRequestSpec()).Status.Token.Split('.');
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"alg":"none"}""")).TrimEnd('=');
        Assert.Equal("invalid bearer token", await Refusal($"{header}.{parts[1]}.{parts[2]}"));
    }

    [Fact]
    public void Create_ProjectedToken_IsExtendedAndWarnsAfter()
    {
        var answer = Request(new TokenRequestSpec { ExpirationSeconds = 3607, BoundObjectRef = PodReference() });
        var claims = ClaimsReader.Read(JsonWebToken.Parse(answer.Status.Token)!.Payload)!;
        Assert.Equal(_time.Now.AddSeconds(3607), claims.WarnAfter);
        Assert.Equal(_time.Now.AddDays(365), claims.Expires);
        Assert.Equal(_time.Now.AddSeconds(3607), (DateTimeOffset)answer.Status.ExpirationTimestamp!);
    }

    [Fact]
    public void Create_TooLong_IsShortenedWithWarning()
    {
        var answer = Request(new TokenRequestSpec { ExpirationSeconds = 90000 });
        Assert.Equal(86400, answer.Spec.ExpirationSeconds);
        Assert.Equal("requested expiration of 90000 seconds shortened to 86400 seconds", Assert.Single(_warnings));
    }

    [Theory]
    [InlineData(599, "may not specify a duration less than 10 minutes")]
    [InlineData(4294967297, "may not specify a duration larger than 2^32 seconds")]
    public void Create_BadExpiration_IsInvalid(long seconds, string detail)
    {
        var error = Assert.Throws<StatusException>(() => Request(new TokenRequestSpec { ExpirationSeconds = seconds }));
        Assert.Equal(
            $"TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: {seconds}: {detail}",
            error.Message);
    }

    [Fact]
    public void Create_BoundToForeignKind_IsRefused()
    {
        var reference = new BoundObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "x" };
        var error = Assert.Throws<StatusException>(() => Request(new TokenRequestSpec { BoundObjectRef = reference }));
        Assert.Equal("cannot bind token to object of type apps/v1, Kind=Deployment", error.Message);
    }

    [Fact]
    public void Create_PodOfOtherUid_Conflicts()
    {
        var reference = PodReference();
        reference.Uid = "pod-0";
        var error = Assert.Throws<StatusException>(() => Request(new TokenRequestSpec { BoundObjectRef = reference }));
        Assert.True(error.IsConflict);
        Assert.Contains("the UID in the bound object reference (pod-0) does not match the UID in record", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authenticate_TokenOfSecret_NeedsTheSecretToHoldIt()
    {
        using var rsa = RSA.Create(2048);
        var key = new SigningKey(rsa);
        var authenticator = new ServiceAccountAuthenticator(
            _options with { PublicKeys = [key.PublicKey] }, _objects, new SecretTokenUses(_time), _time, NullLogger<ServiceAccountAuthenticator>.Instance);
        var token = key.Sign("""
            {"iss":"kubernetes/serviceaccount","kubernetes.io/serviceaccount/namespace":"web","kubernetes.io/serviceaccount/secret.name":"old",
            "kubernetes.io/serviceaccount/service-account.name":"robot","kubernetes.io/serviceaccount/service-account.uid":"sa-1",
            "sub":"system:serviceaccount:web:robot"}
            """u8);
        await Assert.ThrowsAsync<TokenException>(async () => await authenticator.AuthenticateAsync(token, [], default));
        var secret = new Secret { Metadata = new() { Namespace = "web", Name = "old" }, Data = new() { ["token"] = Encoding.UTF8.GetBytes(token) } };
        _objects.Set(secret);
        Assert.Equal("system:serviceaccount:web:robot", (await authenticator.AuthenticateAsync(token, [], default))!.User.Name);

        var marked = secret.DeepClone();
        marked.Metadata.Labels = new() { [SecretTokenUses.InvalidSince] = "2026-01-01" };
        _objects.Set(marked);
        var refusal = await Assert.ThrowsAsync<TokenException>(async () => await authenticator.AuthenticateAsync(token, [], default));
        Assert.StartsWith("the token in secret web/old for service account web/robot has been marked invalid.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SecretsTokenUsed_WritesTheDayOnTheSecret()
    {
        await using var server = await TestServer.StartAsync();
        var secret = await server.Client.CreateAsync(new Secret { Metadata = new() { Namespace = "default", Name = "old" } }, default);
        var uses = new SecretTokenUses(_time);
        uses.Note(secret);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var running = uses.RunAsync(server.Client, NullLogger.Instance, stop.Token);
        while (!stop.IsCancellationRequested && (await server.Client.Of<Secret>().GetAsync("default", "old", default)).Metadata.Labels is null)
        {
            await Task.Delay(10);
        }
        await stop.CancelAsync();
        await running;
        var marked = await server.Client.Of<Secret>().GetAsync("default", "old", default);
        Assert.Equal(_time.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), marked.Metadata.Labels![SecretTokenUses.LastUsed]);
    }

    private static BoundObjectReference PodReference() => new() { ApiVersion = "v1", Kind = "Pod", Name = "nginx" };

    private TokenRequest Request(TokenRequestSpec spec) =>
        _requests.Create("web", "robot", new TokenRequest { Spec = spec }, _warnings.Add);

    private ValueTask<TokenResult?> Authenticate(string token) => _authenticator.AuthenticateAsync(token, [], default);

    private async Task<string> Refusal(string token) =>
        (await Assert.ThrowsAsync<TokenException>(async () => await Authenticate(token))).Message;
}
