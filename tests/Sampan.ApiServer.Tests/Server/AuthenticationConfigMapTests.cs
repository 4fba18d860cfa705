using Sampan.Api.Core.V1;
using Sampan.ApiServer.Bootstrap;

namespace Sampan.ApiServer.Tests.Server;

public sealed class AuthenticationConfigMapTests
{
    private static readonly AuthenticationOptions First = new() { ClientCertificateAuthorities = Certificate("one"), RequestHeaderAuthorities = Certificate("proxy") };
    private static readonly AuthenticationOptions Second = new() { ClientCertificateAuthorities = Certificate("two") };

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

    private static async Task<Dictionary<string, string>> AfterAsync(params AuthenticationOptions[] servers)
    {
        await using var server = await TestServer.StartAsync();
        foreach (var options in servers) await new AuthenticationConfigMap(server.Client).EnsureAsync(options, default);
        var map = await server.Client.Of<ConfigMap>().GetAsync("kube-system", "extension-apiserver-authentication", default);
        return map.Data!;
    }

    private static string Certificate(string content) => $"-----BEGIN CERTIFICATE-----\n{content}\n-----END CERTIFICATE-----\n";
}
