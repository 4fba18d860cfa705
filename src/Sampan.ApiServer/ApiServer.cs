using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Loopback;
using Sampan.ApiServer.Registry;
using Sampan.Client;

namespace Sampan.ApiServer;

/// <summary>
/// The API server: state from a store, requests from sockets or from the same process, one pipeline for both.
/// <code>
/// sockets (Kestrel) ─┐
///                    ├─► filters ─► dispatcher ─► registry ─► store
/// loopback ──────────┘                               └──────◄ watch caches
/// </code>
/// </summary>
public sealed class ApiServer : IComponent, IAsyncDisposable
{
    private const int MaxHeaderSize = 1 << 20;

    private readonly ApiServerOptions _options;
    private readonly ApiServerParts _parts;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _host;

    public ApiServer(ApiServerOptions options)
    {
        _options = options;
        _parts = new ApiServerParts(options);
    }

    public string Name => "kube-apiserver";

    /// <summary>Requests that run get the time that they have anyway.</summary>
    public TimeSpan StopLimit => _options.ShutdownDelay + FinishLimit + TimeSpan.FromSeconds(10);

    private TimeSpan FinishLimit => _options.RequestTimeout + _options.WatchTerminationGrace;

    /// <summary>The address it listens at, with the real port; null before the start and without a listener.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Every resource it has.</summary>
    internal ResourceCatalog Catalog => _parts.Catalog;

    /// <summary>A transport into this server as a user, which the caller vouches for.</summary>
    public IApiTransport Loopback(UserInfo user) => new LoopbackTransport(() => _parts.Pipeline, user.Authenticated());

    /// <summary>A client with every right, for the parts of the control plane in this process.</summary>
    public IApiTransport Loopback() => Loopback(new UserInfo(UserNames.ApiServer, [UserNames.MastersGroup]));

    /// <summary>Serves one request that some other host received.</summary>
    public Task InvokeAsync(HttpContext context) => _parts.Pipeline.InvokeAsync(context);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _parts.LoadAsync(cancellationToken);
            if (_options.Listen is { } endpoint)
            {
                await ListenAsync(endpoint, cancellationToken);
            }
            await _parts.StartAsync(new ApiClient(Loopback()), Address, cancellationToken);
            _ready.TrySetResult();
        }
        catch (Exception failure)
        {
            _ready.TrySetException(failure);
            throw;
        }
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Reports not ready, goes on for the shutdown delay, then ends the watches, lets short requests finish and closes the sockets:
    /// after that where others are to be told to come back later, before it elsewhere.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _parts.BeginStopping();
        if (_host is not null && _options.ShutdownDelay > TimeSpan.Zero)
        {
            await Task.Delay(_options.ShutdownDelay, _options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var finished = _host is null ? Task.CompletedTask : _parts.FinishAsync();
        await _parts.StopAsync();
        if (_host is { } host)
        {
            _host = null;
            limit.CancelAfter(FinishLimit);
            await finished.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await host.StopAsync(limit.Token);
            await host.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _parts.Dispose();
    }

    private async Task ListenAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_options.Logging);
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, endpoint));
        _host = builder.Build();
        _host.UseWebSockets();
        _host.Run(InvokeAsync);
        await _host.StartAsync(cancellationToken);
        var bound = _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(bound);
        _options.Logging.CreateLogger(Name).LogInformation("Serving on {Address}", Address);
    }

    private void Configure(KestrelServerOptions kestrel, IPEndPoint endpoint)
    {
        kestrel.AddServerHeader = false;
        // As large as Go's: selectors, continue tokens and bearer tokens are in them.
        kestrel.Limits.MaxRequestLineSize = MaxHeaderSize;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderSize;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxHeaderSize;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(3);
        kestrel.Limits.Http2.MaxStreamsPerConnection = _options.MaximumHttp2Streams;
        kestrel.Listen(endpoint, listen =>
        {
            listen.Protocols = _options.ServingCertificate is null || !_options.UsesHttp2 ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (_options.ServingCertificate is { } certificate)
            {
                listen.Use(new HandshakeErrors(_options.Metrics).Before);
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificateSelector = (_, _) => certificate(),
                    ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                    // Trust is the authenticator's business: a bad certificate is a 401, not a broken connection.
                    ClientCertificateValidation = (_, _, _) => true,
                });
                listen.Use(HandshakeErrors.After);
            }
        });
    }
}
