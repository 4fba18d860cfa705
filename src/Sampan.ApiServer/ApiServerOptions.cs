using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Health;
using Sampan.ApiServer.Streaming;
using Sampan.Client.Metrics;
using Sampan.Store;

namespace Sampan.ApiServer;

/// <summary>What an API server needs to run. Files and flags are read by whoever makes this.</summary>
public sealed record ApiServerOptions
{
    /// <summary>Where the state is. The server does not dispose it.</summary>
    public required IStore Store { get; init; }

    /// <summary>Where to listen; null serves the loopback transport only. Port 0 takes a free one.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>The server's certificate with its key; asked for at every handshake. Null serves plain HTTP, for tests.</summary>
    public Func<X509Certificate2>? ServingCertificate { get; init; }

    public AuthenticationOptions Authentication { get; init; } = new();

    public AuthorizationOptions Authorization { get; init; } = new();

    /// <summary>How kubelets are reached for logs, exec and the like.</summary>
    public KubeletClientOptions KubeletClient { get; init; } = new();

    /// <summary>The address other members of the cluster reach this server at; endpoint of the kubernetes Service.</summary>
    public IPAddress? AdvertiseAddress { get; init; }

    /// <summary>Where the addresses of Services come from; the first address is the kubernetes Service's.</summary>
    public IReadOnlyList<IPNetwork> ServiceNetworks { get; init; } = [IPNetwork.Parse("10.96.0.0/16")];

    public int FirstNodePort { get; init; } = 30000;

    public int LastNodePort { get; init; } = 32767;

    /// <summary>How long a request that is not long-running may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many ordinary requests are worked on at once; priority levels share them.</summary>
    public int MaximumRequests { get; init; } = 600;

    /// <summary>Whether clients may speak HTTP/2 over TLS, which shares one connection among many requests.</summary>
    public bool UsesHttp2 { get; init; } = true;

    /// <summary>How many requests one HTTP/2 connection may have open at once.</summary>
    public int MaximumHttp2Streams { get; init; } = 1000;

    /// <summary>Of how many requests over HTTP/2 the connection is closed, once idle: clients connect anew, perhaps to another server.</summary>
    public double GoawayChance { get; init; }

    /// <summary>The Strict-Transport-Security header of all answers; null for none.</summary>
    public string? TransportSecurity { get; init; }

    /// <summary>How long events are kept.</summary>
    public TimeSpan EventLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long pods that do not say themselves stay on a node that is not ready, in seconds.</summary>
    public long NotReadyTolerationSeconds { get; init; } = 300;

    /// <summary>The same for a node that cannot be reached.</summary>
    public long UnreachableTolerationSeconds { get; init; } = 300;

    /// <summary>The origins whose pages may call the server from a browser; see <see cref="CorsOrigins"/>.</summary>
    public IReadOnlyList<Regex> AllowedOrigins { get; init; } = [];

    /// <summary>Watches end after this time, up to doubled at random.</summary>
    public TimeSpan MinimumWatchDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Names of admission plugins to leave out.</summary>
    public IReadOnlySet<string> DisabledAdmissionPlugins { get; init; } = new HashSet<string>();

    /// <summary>Names of admission plugins to use that are off by default.</summary>
    public IReadOnlySet<string> EnabledAdmissionPlugins { get; init; } = new HashSet<string>();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>More paths beside the resources, handled with the rights of the user that authentication found; authorization sees them as non-resource URLs.</summary>
    public IReadOnlyDictionary<string, Func<HttpContext, UserInfo, Task>> Paths { get; init; } = new Dictionary<string, Func<HttpContext, UserInfo, Task>>();

    /// <summary>Resources beside the built-in ones, such as those of metrics.k8s.io.</summary>
    public IReadOnlyList<ComputedResource> ComputedResources { get; init; } = [];

    public MetricRegistry Metrics { get; init; } = new();

    /// <summary>The flags that the server was started with, by their names without dashes; /flagz shows them.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the server still takes new requests, not ready any more, before it stops.</summary>
    public TimeSpan ShutdownDelay { get; init; }

    /// <summary>After that delay, whether new requests are asked to come back later for as long as others are being finished.</summary>
    public bool ShutdownSendsRetryAfter { get; init; }

    /// <summary>Within which time the watches end when the server stops, one after the other; zero ends all at once.</summary>
    public TimeSpan WatchTerminationGrace { get; init; }

    public AuditOptions Audit { get; init; } = new();

    /// <summary>Where traces go; null for nowhere.</summary>
    public TracingOptions? Tracing { get; init; }

    /// <summary>How the control plane's other components are asked how they are, by the names that componentstatuses has for them.</summary>
    public IReadOnlyDictionary<string, Func<CancellationToken, Task<string?>>> ComponentProbes { get; init; } = ComponentProbe.Defaults;
}
