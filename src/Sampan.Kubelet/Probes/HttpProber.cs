using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Probes;

/// <summary>Asks a container over HTTP; any answer from 200 to 399 is success. Certificates are not checked.</summary>
internal sealed class HttpProber(TimeProvider time) : IDisposable
{
    private const int MaxRedirects = 10;

    /// <summary>Answers that say where else to ask; others from 300 to 399 end it.</summary>
    private static readonly int[] Followed = [301, 302, 303, 307, 308];

    private const int MaxBody = 10 * 1024;
    private const string ProbeAgent = "kube-probe/1.36";
    private const string HookAgent = "kube-lifecycle/1.36";

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
        if (AddressOf(get, container, podIPs) is not { } uri)
        {
            return ProbeOutcome.Error(Unresolved(get, container));
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await SendAsync(uri, get, ProbeAgent, joined.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeOutcome.Failure($"Get \"{uri}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
        catch (HttpRequestException e)
        {
            return ProbeOutcome.Failure($"Get \"{uri}\": {Explain(e, uri.Authority)}");
        }
    }

    /// <summary>Asks for the sake of asking: any answer will do.</summary>
    public async Task<HookAnswer> AskAsync(Container container, HTTPGetAction get, IReadOnlyList<string> podIPs, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (AddressOf(get, container, podIPs) is not { } uri)
        {
            return new HookAnswer("", Unresolved(get, container));
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            _ = await SendAsync(uri, get, HookAgent, joined.Token);
            return new HookAnswer(uri.Authority, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HookAnswer(uri.Authority, $"Get \"{uri}\": context deadline exceeded");
        }
        catch (HttpRequestException e)
        {
            var isPlain = uri.Scheme == Uri.UriSchemeHttps && e.InnerException is AuthenticationException or IOException;
            return new HookAnswer(uri.Authority, $"Get \"{uri}\": {Explain(e, uri.Authority)}", isPlain);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Unresolved(HTTPGetAction get, Container container) => $"couldn't resolve port \"{get.Port}\" of container {container.Name}";

    private static Uri? AddressOf(HTTPGetAction get, Container container, IReadOnlyList<string> podIPs)
    {
        if (ProbePorts.Resolve(get.Port, container) is not { } port)
        {
            return null;
        }

        var host = get.Host is { Length: > 0 } own ? own : podIPs.FirstOrDefault() ?? "";
        var path = get.Path is { Length: > 0 } p ? p : "/";
        var scheme = (get.Scheme is { Length: > 0 } s ? s : "HTTP").ToLowerInvariant();
        var authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
        return new Uri($"{scheme}://{authority}{(path.StartsWith('/') ? "" : "/")}{path}");
    }

    private static string Explain(HttpRequestException e, string authority) => e.InnerException is SocketException socket
        ? TcpProber.Explain(socket, authority)
        : e.GetBaseException().Message;

    private async Task<ProbeOutcome> SendAsync(Uri uri, HTTPGetAction get, string agent, CancellationToken cancellationToken)
    {
        var target = uri;
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(target, get, agent);
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await ReadAsync(response, cancellationToken);
            var status = (int)response.StatusCode;
            if (status is < 200 or >= 400)
            {
                return ProbeOutcome.Failure($"HTTP probe failed with statuscode: {status}");
            }

            if (status < 300)
            {
                return ProbeOutcome.Success(body);
            }

            if (!Followed.Contains(status) || response.Headers.Location is not { } location || new Uri(target, location) is not { } next || next.Host != uri.Host)
            {
                return new ProbeOutcome(true, $"Probe terminated redirects, Response body: {body}", IsWarning: true);
            }

            if (redirects + 1 == MaxRedirects)
            {
                return ProbeOutcome.Failure($"Get \"{uri}\": stopped after {MaxRedirects} redirects");
            }

            target = next;
        }
    }

    private static HttpRequestMessage Request(Uri uri, HTTPGetAction get, string agent)
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

        SetUnlessGiven(request, get, "User-Agent", agent);
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
