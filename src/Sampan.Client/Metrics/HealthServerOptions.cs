using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.Client.Metrics;

/// <summary>Where to serve health and metrics. Without a certificate it is plain HTTP, for loopback addresses.</summary>
public sealed record HealthServerOptions(IPAddress Address, int Port, X509Certificate2? Certificate = null);
