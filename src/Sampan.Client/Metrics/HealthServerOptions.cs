using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Sampan.Client.Access;

namespace Sampan.Client.Metrics;

/// <summary>Where to serve health and metrics. Without a certificate it is plain HTTP, for loopback addresses.</summary>
public sealed record HealthServerOptions(IPAddress Address, int Port, Func<X509Certificate2>? Certificate = null)
{
    /// <summary>Who may see it; null: whoever reaches the address.</summary>
    public DelegatedAccess? Access { get; init; }

    /// <summary>The component's name, and the flags that it was started with, by their names without dashes; /statusz and /flagz show them.</summary>
    public (string Name, IReadOnlyDictionary<string, string> Flags)? Component { get; init; }

    /// <summary>What else the component serves, by path.</summary>
    public IReadOnlyDictionary<string, RequestDelegate> Pages { get; init; } = new Dictionary<string, RequestDelegate>();
}
