using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Controllers;
using Sampan.Client.Informers;
using Sampan.ControllerManager.Certificates;

namespace Sampan.Cluster.Join;

/// <summary>
/// Approves the serving certificates of kubelets, which upstream leaves to people. A node gets one for its own name and for
/// addresses that neither another node nor the API server has: one authority signs for all, so a certificate for the API
/// server's address would let a node stand in for it. What is not approved waits for a person.
/// </summary>
internal sealed class ServingApprover : Controller
{
    private readonly Informer<CertificateSigningRequest> _requests;
    private readonly Informer<Node> _nodes;
    private readonly IReadOnlyCollection<string> _reserved;
    private readonly IReadOnlyList<IPNetwork> _services;

    /// <param name="context">Whose user approves.</param>
    /// <param name="reserved">The names and addresses of the API server.</param>
    /// <param name="services">The addresses of Services.</param>
    public ServingApprover(ControllerContext context, IReadOnlyCollection<string> reserved, IReadOnlyList<IPNetwork> services)
        : base("serving-approver", context, workers: 1)
    {
        (_reserved, _services) = (reserved, services);
        _requests = Watch<CertificateSigningRequest>(r => IsWaiting(r) ? [KeyOf(r)] : []);
        _nodes = Use<Node>();
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
        if (_reserved.Contains(node)) return $"\"{node}\" is a name of the API server";
        foreach (var address in addresses)
        {
            if (_reserved.Contains(address.ToString()) || _services.Any(s => s.Contains(address))) return $"{address} is the API server's, or a Service's";
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

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_requests.Get(key) is not { } request || !IsWaiting(request)) return ReconcileResult.Done;
        if (ObjectionTo(request) is { } objection)
        {
            Log.LogWarning("The certificate request {Name} is left to you: {Objection}", request.Metadata.Name, objection);
            return ReconcileResult.Done;
        }

        var (copy, now) = (request.DeepClone(), Time.GetUtcNow());
        (copy.Status ??= new()).Conditions =
        [
            new() { Type = "Approved", Status = "True", Reason = "AutoApproved", Message = "a node's serving certificate for itself", LastUpdateTime = now, LastTransitionTime = now },
        ];
        await Direct(_requests).ReplaceAsync(copy, "approval", null, cancellationToken);
        return ReconcileResult.Done;
    }

    private string? ObjectionTo(CertificateSigningRequest request)
    {
        try
        {
            return Objection(request);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return e.Message;
        }
    }
}
