using System.Security.Cryptography.X509Certificates;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.Cluster.Join;

namespace Sampan.Cluster.Tests.Join;

public sealed class JoinTokenTests
{
    private static readonly string Hash = "sha256:" + new string('a', 64);

    [Fact]
    public void Parse_WhatCreateWrote_IsTheSame()
    {
        var token = JoinToken.Create(Hash);
        Assert.Equal(token, JoinToken.Parse($" {token}\n"));
        Assert.Matches(@"\A[a-z0-9]{6}\.[a-z0-9]{16}\z", token.Bearer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdef.0123456789abcdef")]
    [InlineData("abcdef.0123456789abcdef:sha256:12")]
    [InlineData("ABCDEF.0123456789abcdef:sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Parse_AnotherForm_SaysHowToGetARightOne(string text) =>
        Assert.Contains("sampan token create", Assert.Throws<HostException>(() => JoinToken.Parse(text)).Message);

    [Fact]
    public void HashOf_TwoCertificatesOfOneKey_IsOneHash()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var pair = CertificateAuthority.Create("kubernetes", now);
        using var first = X509Certificate2.CreateFromPem(pair.CertificatePem);
        using var key = PrivateKeys.FromPem(pair.KeyPem);
        using var second = X509Certificate2.CreateFromPem(CertificateAuthority.CreateCertificate("kubernetes", key, now.AddDays(1)));
        Assert.Equal(JoinToken.HashOf(first), JoinToken.HashOf(second));
        using var other = X509Certificate2.CreateFromPem(CertificateAuthority.Create("kubernetes", now).CertificatePem);
        Assert.NotEqual(JoinToken.HashOf(first), JoinToken.HashOf(other));
    }
}
