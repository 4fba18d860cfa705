using System.Text;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Bootstrap;

namespace Sampan.ControllerManager.Tests.Bootstrap;

public sealed class BootstrapTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private Dictionary<string, string> Info => Api.Find<ConfigMap>("kube-public", "cluster-info")!.Data!;

    [Fact]
    public async Task Sign_Tokens_EachHasASignatureWhileItLives()
    {
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "kube-public", Name = "cluster-info" }, Data = new() { ["kubeconfig"] = "payload", ["jws-kubeconfig-gone"] = "x" } });
        Api.Put(Token("abcdef", expires: _harness.Time.GetUtcNow().AddMinutes(10)));
        Api.Put(Token("nosign", signs: false));
        await _harness.StartAsync(c => new BootstrapSigner(c));
        await _harness.UntilAsync(() => Info.ContainsKey("jws-kubeconfig-abcdef"), "the signature");
        Assert.Equal(2, Info.Count);
        // Computed with openssl: HMAC-SHA256 over header.payload with the key abcdef.0123456789abcdef.
        Assert.Equal("eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..GKzYH-lIhkxkMmZ5FqpmjYVA-CydawjDcJXs_Zr2PSs", Info["jws-kubeconfig-abcdef"]);
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(11));
        Assert.Equal("kubeconfig", Assert.Single(Info).Key);
    }

    /// <summary>Which Secrets sign: those that are whole, meant for it, and in time.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("token-id=", false)]
    [InlineData("token-id=other1", false)]
    [InlineData("token-secret=", false)]
    [InlineData("usage-bootstrap-signing=", false)]
    [InlineData("usage-bootstrap-signing=yes", false)]
    [InlineData("expiration=2040-01-02T03:04:05Z", true)]
    [InlineData("expiration=2040-01-02T03:04:05+02:00", true)]
    [InlineData("expiration=2020-01-02T03:04:05Z", false)]
    [InlineData("expiration=2040-01-02", false)]
    [InlineData("expiration=tomorrow", false)]
    public void SignerId_Secret_IsOneThatMaySign(string change, bool signs)
    {
        var token = Token("abcdef");
        if (change.Split('=') is [var name, var value]) token.Data![name] = Encoding.UTF8.GetBytes(value);
        Assert.Equal(signs ? "abcdef" : null, BootstrapTokens.SignerId(token, _harness.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData("ABCDEF")]
    [InlineData("abc")]
    public void SignerId_NameThatIsNoTokens_DoesNot(string id) => Assert.Null(BootstrapTokens.SignerId(Token(id), _harness.Time.GetUtcNow()));

    [Fact]
    public async Task Sign_WithoutKubeconfig_LeavesTheMapAlone()
    {
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "kube-public", Name = "cluster-info" }, Data = new() { ["jws-kubeconfig-gone"] = "x" } });
        Api.Put(Token("abcdef"));
        await _harness.StartAsync(c => new BootstrapSigner(c));
        await _harness.SettleAsync();
        Assert.Equal("jws-kubeconfig-gone", Assert.Single(Info).Key);
    }

    [Fact]
    public async Task Clean_ExpiredToken_IsDeletedInTime()
    {
        Api.Put(Token("abcdef", expires: _harness.Time.GetUtcNow().AddHours(24)));
        Api.Put(Token("forevr"));
        await _harness.StartAsync(c => new TokenCleaner(c));
        await _harness.AdvanceAsync(TimeSpan.FromHours(23.9));
        Assert.Equal(2, Api.List<Secret>().Count);
        await _harness.AdvanceAsync(TimeSpan.FromHours(0.2));
        Assert.Equal("bootstrap-token-forevr", Assert.Single(Api.List<Secret>()).Metadata.Name);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static Secret Token(string id, bool signs = true, DateTimeOffset? expires = null)
    {
        var data = new Dictionary<string, byte[]>
        {
            ["token-id"] = Encoding.UTF8.GetBytes(id),
            ["token-secret"] = Encoding.UTF8.GetBytes("0123456789abcdef"),
            ["usage-bootstrap-signing"] = Encoding.UTF8.GetBytes(signs ? "true" : "false"),
        };
        if (expires is { } end) data["expiration"] = Encoding.UTF8.GetBytes(end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        return new Secret { Metadata = new ObjectMeta { Namespace = "kube-system", Name = $"bootstrap-token-{id}" }, Type = "bootstrap.kubernetes.io/token", Data = data };
    }
}
