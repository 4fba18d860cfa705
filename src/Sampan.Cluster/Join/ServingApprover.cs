using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.ControllerManager.Certificates;

namespace Sampan.Cluster.Join;

/// <summary>
/// Approves the serving certificates of kubelets, which upstream leaves to people. A node gets one for its own name and for
/// addresses that neither another node nor the API server has: one authority signs for all, so a certificate for the API
/// server's address would let a node stand in for it. What is not approved waits for a person.
/// </summary>
internal sealed class ServingApprover(InformerFactory informers, IReadOnlyCollection<string> reserved, IReadOnlyList<IPNetwork> services, TimeProvider time, ILogger log) : IComponent
{
    private readonly Informer<CertificateSigningRequest> _requests = informers.For<CertificateSigningRequest>();
    private readonly Informer<Node> _nodes = informers.For<Node>();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _signal = new(1, 1);
    private IDisposable? _subscription;
    private Task _running = Task.CompletedTask;

    public string Name => "serving-approver";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = _requests.Subscribe((_, current) =>
        {
            if (current is not null && IsWaiting(current)) Wake();
        });
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _subscription?.Dispose();
        _stop.Dispose();
        _signal.Dispose();
    }

    /// <summary>Why a request is not approved; null when it may be.</summary>
    public string? Objection(CertificateSigningRequest request)
    {
        var user = request.Spec.Username ?? "";
        if (!user.StartsWith("system:node:", StringComparison.Ordinal) || request.Spec.Groups?.Contains("system:nodes") != true)
            return $"\"{user}\" is no node";
        var node = user["system:node:".Length..];
        var (subject, names, addresses) = Parse(request.Spec.Request);
        if (subject != $"CN={user}, O=system:nodes" && subject != $"O=system:nodes, CN={user}") return $"its subject is \"{subject}\"";
        if (names.FirstOrDefault(n => n != node) is { } foreign) return $"\"{foreign}\" is not the node's name";
        if (reserved.Contains(node)) return $"\"{node}\" is a name of the API server";
        foreach (var address in addresses)
        {
            if (reserved.Contains(address.ToString()) || services.Any(s => s.Contains(address))) return $"{address} is the API server's, or a Service's";
            if (OwnerOf(address, node) is { } owner) return $"{address} is the address of the node {owner}";
        }

        return null;
    }

    private static (string Subject, IReadOnlyList<string> Names, IReadOnlyList<IPAddress> Addresses) Parse(byte[] pem)
    {
        var request = CertificateRequest.LoadSigningRequestPem(
            Encoding.ASCII.GetString(pem), HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        var names = request.CertificateExtensions.Where(e => e.Oid?.Value == "2.5.29.17")
            .Select(e => new X509SubjectAlternativeNameExtension(e.RawData)).ToList();
        return (request.SubjectName.Name, [.. names.SelectMany(n => n.EnumerateDnsNames())], [.. names.SelectMany(n => n.EnumerateIPAddresses())]);
    }

    private string? OwnerOf(IPAddress address, string except) => _nodes.List().FirstOrDefault(n =>
        n.Metadata.Name != except && n.Status?.Addresses?.Exists(a => a.Address == address.ToString()) == true)?.Metadata.Name;

    private static bool IsWaiting(CertificateSigningRequest request) =>
        request.Spec.SignerName == SignerNames.KubeletServing && request.Status?.Certificate is null or { Length: 0 }
        && request.Status?.Conditions is null or { Count: 0 };

    private async Task RunAsync(CancellationToken ct)
    {
        await Task.WhenAll(_requests.WaitForSyncAsync(ct), _nodes.WaitForSyncAsync(ct));
        while (true)
        {
            await _signal.WaitAsync(ct);
            foreach (var request in _requests.List().Where(IsWaiting)) await TryApproveAsync(request, ct);
        }
    }

    private async Task TryApproveAsync(CertificateSigningRequest request, CancellationToken ct)
    {
        try
        {
            if (Objection(request) is { } objection)
            {
                log.LogWarning("The certificate request {Name} is left to you: {Objection}", request.Metadata.Name, objection);
                return;
            }

            var copy = request.DeepClone();
            var now = time.GetUtcNow();
            (copy.Status ??= new()).Conditions =
            [
                new() { Type = "Approved", Status = "True", Reason = "AutoApproved", Message = "a node's serving certificate for itself", LastUpdateTime = now, LastTransitionTime = now },
            ];
            await informers.Client.Of<CertificateSigningRequest>().ReplaceAsync(copy, "approval", null, ct);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or CryptographicException or ArgumentException)
        {
            // The change that made a conflict wakes this loop again.
            log.LogInformation("The certificate request {Name} was not approved: {Problem}", request.Metadata.Name, e.Message);
        }
    }

    private void Wake()
    {
        lock (_signal)
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
    }
}
