using System.Security.Cryptography.X509Certificates;
using Sampan.Client;

namespace Sampan.Cluster.Server;

/// <summary>As whom the parts of a node speak to the API server, and how the kubelet shows who it is.</summary>
/// <param name="Kubelet">The connection of the kubelet.</param>
/// <param name="Agent">The connection of the pod network, the proxy, the policies and the DNS.</param>
/// <param name="Serving">The certificate of the kubelet's own API; it may change while the node runs.</param>
/// <param name="Authority">Who signs the certificates of those who call the kubelet.</param>
internal sealed record NodeIdentity(ApiClient Kubelet, ApiClient Agent, Func<X509Certificate2> Serving, X509Certificate2 Authority);
