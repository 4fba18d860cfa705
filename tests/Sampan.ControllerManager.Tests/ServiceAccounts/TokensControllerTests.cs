using System.Text;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.ServiceAccounts;

namespace Sampan.ControllerManager.Tests.ServiceAccounts;

/// <summary>Secrets that hold a token: what is missing in them, and whether their account is there.</summary>
public sealed class TokensControllerTests : IAsyncDisposable
{
    private const string Type = "kubernetes.io/service-account-token";
    private readonly Harness _harness = new();
    private readonly System.Security.Cryptography.ECDsa _key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
    private volatile string _ca = "CA";

    private FakeApi Api => _harness.Api;

    private Secret? Token => Api.Find<Secret>("team", "bot-token");

    /// <summary>What the Secret has: - for nothing, else its text.</summary>
    [Theory]
    [InlineData("-", "-", "-", "*", "CA", "team")]
    [InlineData("a token", "-", "team", "a token", "CA", "team")]
    [InlineData("a token", "another CA", "team", "a token", "CA", "team")]
    [InlineData("a token", "CA", "-", "a token", "CA", "team")]
    [InlineData("a token", "CA", "another", "a token", "CA", "another")]
    [InlineData("a token", "CA", "team", "a token", "CA", "team")]
    public async Task Reconcile_SecretOfAnAccount_GetsWhatIsMissing(string token, string ca, string ns, string tokenThen, string caThen, string nsThen)
    {
        var account = Api.Put(Account());
        Api.Put(Secret(account.Metadata.Uid, ("token", token), ("ca.crt", ca), ("namespace", ns)));
        await StartAsync();
        await _harness.UntilAsync(() => Said("ca.crt") == caThen && Said("namespace") == nsThen && Said("token") is { Length: > 0 } now && (tokenThen == "*" || now == tokenThen), "what it needs");
        var writes = Api.Writes.Count(r => r.Resource.Resource == "secrets");
        Assert.Equal(token == "a token" && ca == "CA" && ns != "-" ? 0 : 1, writes);
    }

    [Theory]
    [InlineData("no account")]
    [InlineData("an account of another uid")]
    public async Task Reconcile_SecretWithoutItsAccount_Goes(string what)
    {
        if (what != "no account") Api.Put(Account());
        Api.Put(Secret("of another"));
        await StartAsync();
        await _harness.UntilAsync(() => Token is null, "the secret goes");
    }

    [Theory]
    [InlineData("another type")]
    [InlineData("no account named")]
    public async Task Reconcile_SecretOfAnotherKind_IsLeftAlone(string what)
    {
        var secret = Secret(null);
        if (what == "another type") secret.Type = "Opaque";
        else secret.Metadata.Annotations = null;
        Api.Put(secret);
        Api.Put(Account());
        await StartAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(Api.Writes);
    }

    [Fact]
    public async Task Reconcile_CacheDoesNotKnowTheAccountYet_SecretStays()
    {
        Api.Put(Secret(null));
        Api.Special = r => r is { Verb: ApiVerbs.Get, Resource.Resource: "serviceaccounts" } ? Account() : null;
        await StartAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.NotNull(Token);
    }

    [Fact]
    public async Task Reconcile_AccountIsMadeAnew_OldTokenGoes()
    {
        var account = Api.Put(Account());
        Api.Put(Secret(account.Metadata.Uid));
        await StartAsync();
        await _harness.UntilAsync(() => Said("token") is { Length: > 0 }, "the token");
        Api.Remove<ServiceAccount>("team", "bot");
        Api.Put(Account());
        await _harness.UntilAsync(() => Token is null, "the secret goes");
    }

    [Fact]
    public async Task Reconcile_CaIsReplaced_SecretsGetTheOtherAndKeepTheirToken()
    {
        Api.Put(Secret(Api.Put(Account()).Metadata.Uid));
        await StartAsync();
        await _harness.UntilAsync(() => Said("ca.crt") == "CA", "the CA");
        var token = Said("token");
        _ca = "NEW";
        await _harness.AdvanceUntilAsync(() => Said("ca.crt") == "NEW", "the other", TimeSpan.FromSeconds(10));
        Assert.Equal(token, Said("token"));
    }

    public async ValueTask DisposeAsync()
    {
        await _harness.DisposeAsync();
        _key.Dispose();
    }

    private Task StartAsync() => _harness.StartAsync(c => new TokensController(c, _key.ExportECPrivateKeyPem, () => _ca));

    private string? Said(string key) => Token?.Data?.GetValueOrDefault(key) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static ServiceAccount Account() => new() { Metadata = new() { Namespace = "team", Name = "bot" } };

    private static Secret Secret(string? uid, params (string Key, string Text)[] data)
    {
        var secret = new Secret
        {
            Metadata = new() { Namespace = "team", Name = "bot-token", Annotations = new() { ["kubernetes.io/service-account.name"] = "bot" } },
            Type = Type,
            Data = data.Where(d => d.Text != "-").ToDictionary(d => d.Key, d => Encoding.UTF8.GetBytes(d.Text)),
        };
        if (uid is not null) secret.Metadata.Annotations["kubernetes.io/service-account.uid"] = uid;
        return secret;
    }
}
