using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sampan.Client;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Server;

/// <summary>The kubelet's own API, over TLS, and its health over plain HTTP on the loopback address.</summary>
internal sealed class KubeletServer(KubeletOptions options, KubeletAccess access, KubeletRoutes routes, KubeletMetrics metrics) : IAsyncDisposable
{
    private WebApplication? _host;

    /// <summary>The port it listens at, once started.</summary>
    public int Port { get; private set; } = options.Configuration.Port;

    private KubeletConfiguration Configuration => options.Configuration;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Configuration is { EnableServer: false, HealthzPort: 0, ReadOnlyPort: 0 })
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(options.Logs);
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        _host = builder.Build();
        _host.Run(HandleAsync);
        await _host.StartAsync(cancellationToken);
        if (Configuration is { EnableServer: true, Port: 0 })
        {
            var addresses = _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            Port = addresses.Select(a => new Uri(a).Port).First(p => p != Configuration.HealthzPort && p != Configuration.ReadOnlyPort);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await host.StopAsync(now.Token);
            await host.DisposeAsync();
        }
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        if (Configuration.EnableServer)
        {
            kestrel.Listen(IPAddress.Parse(Configuration.Address), Configuration.Port, listen =>
            {
                // Streams are upgraded connections, which HTTP/2 has not.
                listen.Protocols = HttpProtocols.Http1;
                if (options.ServingCertificate is { } certificate)
                {
                    listen.UseHttps(new HttpsConnectionAdapterOptions
                    {
                        ServerCertificateSelector = (_, _) => certificate(),
                        ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                        ClientCertificateValidation = (_, _, _) => true,
                        SslProtocols = TlsSettings.Protocols(Configuration),
                        OnAuthenticate = (_, ssl) => ssl.CipherSuitesPolicy = TlsSettings.Ciphers(Configuration) ?? ssl.CipherSuitesPolicy,
                    });
                }
            });
        }

        if (Configuration.ReadOnlyPort > 0)
        {
            kestrel.Listen(IPAddress.Parse(Configuration.Address), Configuration.ReadOnlyPort, listen => listen.Protocols = HttpProtocols.Http1);
        }

        if (Configuration.HealthzPort > 0)
        {
            kestrel.Listen(IPAddress.Parse(Configuration.HealthzBindAddress), Configuration.HealthzPort, listen => listen.Protocols = HttpProtocols.Http1);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            var isHealthPort = Configuration.HealthzPort > 0 && context.Connection.LocalPort == Configuration.HealthzPort;
            var isReadOnly = Configuration.ReadOnlyPort > 0 && context.Connection.LocalPort == Configuration.ReadOnlyPort;
            if (!isHealthPort && !isReadOnly && await access.RefuseAsync(context) is var (status, reason))
            {
                await RespondAsync(context, status, reason);
                return;
            }

            await MeasureAsync(context, isReadOnly, () => routes.HandleAsync(context, isHealthPort ? KubeletRoutes.Scope.Health : isReadOnly ? KubeletRoutes.Scope.ReadOnly : KubeletRoutes.Scope.All));
        }
        catch (HttpFailure failure) when (!context.Response.HasStarted)
        {
            await RespondAsync(context, failure.Status, failure.Message);
        }
        catch (RpcException e) when (!context.Response.HasStarted)
        {
            await RespondAsync(context, StatusCodes.Status500InternalServerError, e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
    }

    /// <summary>By the path's first part, since the rest names pods.</summary>
    private async Task MeasureAsync(HttpContext context, bool isReadOnly, Func<Task> handle)
    {
        var path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        var isLong = path is "exec" or "attach" or "portForward" or "containerLogs";
        string[] labels = [isLong ? "true" : "false", context.Request.Method, path, isReadOnly ? "readonly" : "readwrite"];
        var started = options.Time.GetTimestamp();
        metrics.RequestBegan(labels);
        try
        {
            await handle();
        }
        finally
        {
            metrics.RequestEnded(labels, options.Time.GetElapsedTime(started));
        }
    }

    private static async Task RespondAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text + "\n");
    }
}
