namespace Sampan.ApiServer.Streaming;

/// <summary>Where a proxied request goes.</summary>
/// <param name="Root">Scheme, host and port.</param>
/// <param name="Kubelet">The kubelet that it is, reached with our certificate; null for anything else.</param>
internal sealed record ProxyLocation(Uri Root, KubeletLocation? Kubelet = null)
{
    public static ProxyLocation Of(string scheme, string host, string port) => new(new Uri(
        $"{(scheme.Length == 0 ? "http" : scheme)}://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}{(port.Length == 0 ? "" : $":{port}")}/"));
}
