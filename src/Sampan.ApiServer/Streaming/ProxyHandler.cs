using System.Net;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>
/// pods/proxy, services/proxy and nodes/proxy: forwards HTTP and upgrades to a port behind the object. The name in the
/// path may carry scheme and port: <c>https:web:8443</c>. Upstream: apimachinery/pkg/util/proxy.
/// </summary>
internal sealed class ProxyHandler(ProxyLocator locator, KubeletLocator kubelets) : IConnectHandler, IDisposable
{
    private readonly HttpForwarder _others = new(ProxyTls.AnyCertificate(""));
    private readonly HttpForwarder _kubelets = kubelets.CreateForwarder();

    public async Task ConnectAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var location = locator.Locate(request.Info);
        var (prefix, rest) = Split(request);
        if (rest.Length == 0 && request.Http.Request.Method is "GET" or "HEAD")
        {
            // Relative links of the page only work below a path that ends in a slash.
            request.Http.Response.Headers.Location = $"{request.Http.Request.Path.ToUriComponent()}/{request.Http.Request.QueryString}";
            request.Http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            return;
        }
        var url = new Uri(location.Root, "/" + rest.TrimStart('/') + request.Http.Request.QueryString);
        try
        {
            await ForwardAsync(request.Http, location, url, prefix, cancellationToken);
        }
        catch (Exception e) when (BackendFailure.Is(e) && !request.Http.Response.HasStarted)
        {
            throw StatusException.ServiceUnavailable($"error trying to reach service: {BackendFailure.Reason(e)}");
        }
    }

    public void Dispose()
    {
        _others.Dispose();
        _kubelets.Dispose();
    }

    private Task ForwardAsync(HttpContext context, ProxyLocation location, Uri url, string prefix, CancellationToken ct) =>
        UpgradeProxy.IsUpgradeRequest(context)
            ? UpgradeProxy.RunAsync(context, UpgradeTargetOf(location), url.PathAndQuery, ct)
            : ForwardAsync(context, location.Kubelet is null ? _others : _kubelets, url, prefix, ct);

    private static async Task ForwardAsync(HttpContext context, HttpForwarder forwarder, Uri url, string prefix, CancellationToken ct)
    {
        var rewrite = new ProxyRewrite(prefix, url, context.Request.Host.Value ?? "");
        using var response = await forwarder.SendAsync(context, url, message => rewrite.Prepare(message, context), ct);
        await rewrite.ApplyAsync(response, ct);
        await HttpForwarder.CopyResponseAsync(response, context.Response, ct);
    }

    private UpgradeTarget UpgradeTargetOf(ProxyLocation location)
    {
        if (location.Kubelet is { } kubelet)
        {
            return kubelets.UpgradeTarget(kubelet);
        }
        var root = location.Root;
        EndPoint endPoint = IPAddress.TryParse(root.DnsSafeHost, out var address)
            ? new IPEndPoint(address, root.Port) : new DnsEndPoint(root.DnsSafeHost, root.Port);
        return new UpgradeTarget(endPoint, root.Scheme == "https" ? ProxyTls.AnyCertificate(root.DnsSafeHost) : null);
    }

    /// <summary>The request's path up to and including "/proxy", and what follows.</summary>
    private static (string Prefix, string Below) Split(ApiRequest request)
    {
        var path = request.Http.Request.Path.ToUriComponent();
        var marker = $"/{request.Info.Resource}/";
        var start = path.IndexOf(marker, StringComparison.Ordinal);
        var end = start < 0 ? -1 : path.IndexOf("/proxy", path.IndexOf('/', start + marker.Length), StringComparison.Ordinal);
        return end < 0 ? (path, "") : (path[..(end + "/proxy".Length)], path[(end + "/proxy".Length)..]);
    }
}
