using System.Text;
using Sampan.Cluster.Host;
using Sampan.Cluster.Join;

namespace Sampan.Cluster.Tests.Join;

public sealed class BootstrapTokenTests
{
    private static readonly BootstrapToken Token = new("abcdef", "0123456789abcdef");

    [Fact]
    public void Of_WhatToSecretWrote_IsTheSame()
    {
        var token = Token with { Expires = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), Description = "for the lab" };
        var secret = token.ToSecret();
        var again = BootstrapToken.Of(secret);
        Assert.Equal(("kube-system", "bootstrap-token-abcdef", "bootstrap.kubernetes.io/token"), (secret.Metadata.Namespace, secret.Metadata.Name, secret.Type));
        Assert.Equal((token.ToString(), token.Expires, token.Description), (again.ToString(), again.Expires, again.Description));
        Assert.Equal(["authentication", "signing"], again.Usages);
        Assert.Equal([JoinObjects.Bootstrappers], again.Groups);
    }

    [Fact]
    public void ToSecret_TokenWithoutEnd_HasNoExpiration()
    {
        var secret = Token.ToSecret();
        Assert.DoesNotContain("expiration", secret.Data!.Keys);
        Assert.Null(BootstrapToken.Of(secret).Expires);
    }

    [Theory]
    [InlineData("token-id", "uvwxyz", "whose Secret has the name bootstrap-token-uvwxyz")]
    [InlineData("token-secret", "SHORT", "was not of the form")]
    [InlineData("expiration", "tomorrow", "can't parse expiration time of bootstrap token \"bootstrap-token-abcdef\"")]
    public void Of_SecretThatIsNoToken_SaysWhy(string key, string value, string reason)
    {
        var secret = Token.ToSecret();
        secret.Data![key] = Encoding.UTF8.GetBytes(value);
        Assert.Contains(reason, Assert.Throws<HostException>(() => BootstrapToken.Of(secret)).Message);
    }

    [Theory]
    [InlineData("abcdef")]
    [InlineData("abcdef.0123456789abcdef")]
    public void IdOf_IdOrToken_IsTheId(string text) => Assert.Equal("abcdef", BootstrapToken.IdOf(text));

    [Theory]
    [InlineData("ABCDEF")]
    [InlineData("abcdef.")]
    [InlineData("abcdef.0123456789abcdef\n")]
    public void IdOf_AnythingElse_IsRefused(string text) => Assert.Throws<HostException>(() => BootstrapToken.IdOf(text));
}
