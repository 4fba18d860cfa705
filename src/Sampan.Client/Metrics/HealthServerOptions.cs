using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Sampan.Client.Metrics;

/// <summary>Where to serve health and metrics. Without a certificate it is plain HTTP, for loopback addresses.</summary>
public sealed record HealthServerOptions(IPAddress Address, int Port, Func<X509Certificate2>? Certificate = null)
{
    /// <summary>What else the component serves, by path.</summary>
    public IReadOnlyDictionary<string, RequestDelegate> Pages { get; init; } = new Dictionary<string, RequestDelegate>();
}
