using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Bootstrap;

namespace Sampan.ApiServer.Tests.Server;

public sealed class AuthenticationConfigMapTests
{
    private static readonly AuthenticationOptions First = new() { ClientCertificateAuthorities = () => Certificate("one"), RequestHeaderAuthorities = () => Certificate("proxy") };
    private static readonly AuthenticationOptions Second = new() { ClientCertificateAuthorities = () => Certificate("two") };

    [Fact]
    public async Task Ensure_FirstServer_TellsWhomItTrusts()
    {
        var data = await AfterAsync(First);
        Assert.Equal(Certificate("one"), data["client-ca-file"]);
        Assert.Equal(Certificate("proxy"), data["requestheader-client-ca-file"]);
        Assert.Equal("[]", data["requestheader-allowed-names"]);
        Assert.Equal("""["X-Remote-User"]""", data["requestheader-username-headers"]);
    }

    [Fact]
    public async Task Ensure_AnotherServer_KeepsTheAuthoritiesOfTheFirst()
    {
        var data = await AfterAsync(First, Second, First);
        Assert.Equal(Certificate("one") + Certificate("two"), data["client-ca-file"]);
        Assert.Equal(Certificate("proxy"), data["requestheader-client-ca-file"]);
    }

    [Fact]
    public async Task Renewal_OfTheAuthorities_IsPublished()
    {
        var (time, pem) = (new FakeTimeProvider(), Authority("one"));
        await using var server = await TestServer.StartAsync(
            options => options with { Time = time, Authentication = new AuthenticationOptions { ClientCertificateAuthorities = () => pem } });
        pem += Authority("two");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await PublishedAsync(server))["client-ca-file"].TrimEnd() != pem.TrimEnd())
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, limit.Token);
        }
    }

    private static string Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return certificate.ExportCertificatePem() + "\n";
    }

    private static async Task<Dictionary<string, string>> AfterAsync(params AuthenticationOptions[] servers)
    {
        await using var server = await TestServer.StartAsync();
        foreach (var options in servers) await new AuthenticationConfigMap(server.Client).EnsureAsync(options, default);
        return await PublishedAsync(server);
    }

    private static async Task<Dictionary<string, string>> PublishedAsync(TestServer server) =>
        (await server.Client.Of<ConfigMap>().GetAsync("kube-system", "extension-apiserver-authentication", default)).Data!;

    private static string Certificate(string content) => $"-----BEGIN CERTIFICATE-----\n{content}\n-----END CERTIFICATE-----\n";
}
