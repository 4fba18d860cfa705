using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Streaming;

/// <summary>A server on loopback over TLS (as kubelets are) or without (as pods are), whose answers the test gives.</summary>
internal sealed class FakeKubelet : IAsyncDisposable
{
    private readonly WebApplication _host;

    private FakeKubelet(WebApplication host, int port) => (_host, Port) = (host, port);

    public int Port { get; }

    public static async Task<FakeKubelet> StartAsync(RequestDelegate answer, bool tls = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (tls)
            {
                listen.UseHttps(Certificate());
            }
        }));
        var host = builder.Build();
        host.UseWebSockets();
        host.Run(answer);
        await host.StartAsync();
        return new FakeKubelet(host, new Uri(host.Urls.First()).Port);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _host.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host.DisposeAsync();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubelet", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
