using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Streaming;

/// <summary>
/// pods/proxy, services/proxy and nodes/proxy: forwards HTTP and upgrades to a port behind the object. The name in the
/// path may carry scheme and port: <c>https:web:8443</c>.
/// </summary>
internal sealed class ProxyHandler(IObjectSource objects, KubeletLocator kubelets) : IConnectHandler, IDisposable
{
    private readonly HttpForwarder _pods = new(AnyCertificate(""));
    private readonly HttpForwarder _kubelets = kubelets.CreateForwarder();

    public async Task ConnectAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var (scheme, name, port) = Split(request.Info.Name);
        var isKubelet = request.Info.Resource == "nodes" && port.Length == 0;
        var target = Target(request.Info, scheme, name, port);
        var url = new Uri(target, Rest(request.Http.Request, request.Info));
        try
        {
            await ForwardAsync(request.Http, url, isKubelet, name, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException && !request.Http.Response.HasStarted)
        {
            throw StatusException.ServiceUnavailable($"error trying to reach service: {e.Message}");
        }
    }

    public void Dispose()
    {
        _pods.Dispose();
        _kubelets.Dispose();
    }

    private Task ForwardAsync(HttpContext context, Uri url, bool isKubelet, string node, CancellationToken ct)
    {
        if (!UpgradeProxy.IsUpgradeRequest(context)) return (isKubelet ? _kubelets : _pods).ForwardAsync(context, url, ct);
        var target = isKubelet
            ? kubelets.UpgradeTarget(kubelets.Locate(node))
            : new UpgradeTarget(new DnsEndPoint(url.Host, url.Port), url.Scheme == "https" ? AnyCertificate(url.Host) : null);
        return UpgradeProxy.RunAsync(context, target, url.PathAndQuery, ct);
    }

    private Uri Target(RequestInfo info, string scheme, string name, string port) => info.Resource switch
    {
        "nodes" => kubelets.Locate(name) is var kubelet && port.Length == 0 ? kubelet.Url("/") : Url(scheme, kubelet.Host, port),
        "pods" => PodTarget(PodContainers.Find(objects, info.Namespace, name), scheme, port),
        _ => ServiceTarget(info.Namespace, scheme, name, port),
    };

    private static Uri PodTarget(Pod pod, string scheme, string port)
    {
        if (string.IsNullOrEmpty(pod.Status.PodIP)) throw StatusException.BadRequest("address not allowed");
        var ports = pod.Spec.Containers.SelectMany(c => c.Ports.OrEmpty());
        var number = int.TryParse(port, out var given) ? given
            : port.Length > 0 ? ports.FirstOrDefault(p => p.Name == port)?.ContainerPortValue ?? throw StatusException.BadRequest($"invalid port {port}")
            : ports.FirstOrDefault()?.ContainerPortValue ?? (scheme == "https" ? 443 : 80);
        return Url(scheme, pod.Status.PodIP, $"{number}");
    }

    private Uri ServiceTarget(string ns, string scheme, string name, string port)
    {
        var service = objects.Get<Service>(ns, name) ?? throw StatusException.NotFound(new GroupResource("", "services"), name);
        var wanted = service.Spec.Ports.OrEmpty().FirstOrDefault(p => port.Length == 0 || p.Name == port || $"{p.Port}" == port)
            ?? throw StatusException.ServiceUnavailable($"no service port \"{port}\" found for service \"{name}\"");
        var candidates = from subset in objects.Get<Endpoints>(ns, name)?.Subsets.OrEmpty() ?? []
                         from endpointPort in subset.Ports.OrEmpty()
                         where (endpointPort.Name ?? "") == (wanted.Name ?? "")
                         from address in subset.Addresses.OrEmpty()
                         select (address.Ip, endpointPort.Port);
        var all = candidates.ToList();
        if (all.Count == 0) throw StatusException.ServiceUnavailable($"no endpoints available for service \"{name}\"");
        var chosen = all[Random.Shared.Next(all.Count)];
        return Url(scheme, chosen.Ip, $"{chosen.Port}");
    }

    private static Uri Url(string scheme, string host, string port) =>
        new($"{(scheme.Length == 0 ? "http" : scheme)}://{(host.Contains(':') ? $"[{host}]" : host)}:{port}/");

    /// <summary>What follows "/proxy" in the path, with the query, relative to the target's root.</summary>
    private static string Rest(HttpRequest request, RequestInfo info)
    {
        var path = request.Path.ToUriComponent();
        var marker = $"/{info.Resource}/{Uri.EscapeDataString(info.Name)}/proxy";
        var start = path.IndexOf(marker, StringComparison.Ordinal);
        if (start < 0) start = path.IndexOf(marker = $"/{info.Resource}/{info.Name}/proxy", StringComparison.Ordinal);
        var rest = start < 0 ? "" : path[(start + marker.Length)..];
        return "/" + rest.TrimStart('/') + request.QueryString;
    }

    private static (string Scheme, string Name, string Port) Split(string name) => name.Split(':') switch
    {
        [var only] => ("", only, ""),
        [var plain, var port] => ("", plain, port),
        [var scheme and ("http" or "https" or ""), var plain, var port] => (scheme, plain, port),
        _ => throw StatusException.BadRequest($"invalid proxy name \"{name}\""),
    };

    // What runs in a pod has no certificate that we could check; upstream accepts any too.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5359", Justification = "Proxied pods have certificates of their own making.")]
    private static SslClientAuthenticationOptions AnyCertificate(string host) =>
        new() { TargetHost = host, RemoteCertificateValidationCallback = (_, _, _, _) => true };
}
