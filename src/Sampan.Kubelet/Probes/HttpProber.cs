using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Probes;

/// <summary>Asks a container over HTTP; any answer from 200 to 399 is success. Certificates are not checked.</summary>
internal sealed class HttpProber(TimeProvider time) : IDisposable
{
    private const int MaxRedirects = 10;
    private const int MaxBody = 10 * 1024;

#pragma warning disable CA5359 // A probe asks whether the container answers, not who it is; upstream checks no certificate either.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });
#pragma warning restore CA5359

    public async Task<ProbeOutcome> ProbeAsync(
        Pod pod, Container container, HTTPGetAction get, IReadOnlyList<string> podIPs, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (ProbePorts.Resolve(get.Port, container) is not { } port)
        {
            return ProbeOutcome.Error($"couldn't resolve port \"{get.Port}\" of container {container.Name}");
        }

        var host = get.Host is { Length: > 0 } own ? own : podIPs.FirstOrDefault() ?? "";
        var path = get.Path is { Length: > 0 } p ? p : "/";
        var scheme = (get.Scheme is { Length: > 0 } s ? s : "HTTP").ToLowerInvariant();
        var authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
        var uri = new Uri($"{scheme}://{authority}{(path.StartsWith('/') ? "" : "/")}{path}");
        using var limit = new CancellationTokenSource(timeout, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await SendAsync(uri, get, joined.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeOutcome.Failure($"Get \"{uri}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
        catch (HttpRequestException e)
        {
            return ProbeOutcome.Failure($"Get \"{uri}\": {Explain(e, authority)}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Explain(HttpRequestException e, string authority) => e.InnerException is SocketException socket
        ? TcpProber.Explain(socket, authority)
        : e.GetBaseException().Message;

    private async Task<ProbeOutcome> SendAsync(Uri uri, HTTPGetAction get, CancellationToken cancellationToken)
    {
        var target = uri;
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(target, get);
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await ReadAsync(response, cancellationToken);
            var status = (int)response.StatusCode;
            if (status is < 200 or >= 400)
            {
                return ProbeOutcome.Failure($"HTTP probe failed with statuscode: {status}");
            }

            if (status < 300 || response.Headers.Location is not { } location)
            {
                return ProbeOutcome.Success(body);
            }

            var next = new Uri(target, location);
            if (next.Host != uri.Host)
            {
                return new ProbeOutcome(true, $"Probe terminated redirects, Response body: {body}", IsWarning: true);
            }

            if (redirects == MaxRedirects)
            {
                return ProbeOutcome.Failure($"Get \"{uri}\": stopped after {MaxRedirects} redirects");
            }

            target = next;
        }
    }

    private static HttpRequestMessage Request(Uri uri, HTTPGetAction get)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri) { Version = HttpVersion.Version11 };
        request.Headers.ConnectionClose = true;
        foreach (var header in get.HttpHeaders.OrEmpty())
        {
            if (header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.Host = header.Value;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        SetUnlessGiven(request, get, "User-Agent", "kube-probe/1.36");
        SetUnlessGiven(request, get, "Accept", "*/*");
        return request;
    }

    /// <summary>One that is given empty is not sent at all.</summary>
    private static void SetUnlessGiven(HttpRequestMessage request, HTTPGetAction get, string name, string value)
    {
        var given = get.HttpHeaders.OrEmpty().FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (given is null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        else if (given.Value.Length == 0)
        {
            request.Headers.Remove(name);
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBody];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }
}
