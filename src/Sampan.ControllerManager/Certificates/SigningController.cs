using System.Security.Cryptography;
using Sampan.Api.Certificates.V1;

namespace Sampan.ControllerManager.Certificates;

/// <summary>Issues the certificates of approved requests for the signers of Kubernetes. Upstream: pkg/controller/certificates/signer.</summary>
internal sealed class SigningController : Controller
{
    /// <summary>A certificate lives at least so long: it is valid from some minutes ago.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private readonly Informer<CertificateSigningRequest> _requests;
    private readonly OwnWrites<CertificateSigningRequest> _writes;
    private readonly Dictionary<string, Authority> _authorities;
    private readonly TimeSpan _lifetime;

    public SigningController(ControllerContext context, IReadOnlyDictionary<string, Func<SigningKey>> keys, TimeSpan lifetime)
        : base("certificatesigningrequest-signing-controller", context)
    {
        _lifetime = lifetime;
        _authorities = keys.ToDictionary(k => k.Key, k => new Authority(k.Value));
        _requests = Watch<CertificateSigningRequest>(r => _authorities.ContainsKey(r.Spec.SignerName) ? [KeyOf(r)] : []);
        _writes = Writes(_requests);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var authority in _authorities.Values) authority.Dispose();
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_requests.Get(key) is not { } request || !_authorities.TryGetValue(request.Spec.SignerName, out var authority)) return ReconcileResult.Done;
        if (!request.IsApproved() || request.IsIssued() || request.Condition(RequestStates.Failed) is not null) return ReconcileResult.Done;
        var copy = request.DeepClone();
        if (Issue(copy, authority) is { } refusal)
            RequestStates.Add(copy, RequestStates.Failed, "SignerValidationFailure", refusal, Time.GetUtcNow());
        await _writes.UpdateStatusAsync(copy, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>Fills in the certificate, or says why not.</summary>
    private string? Issue(CertificateSigningRequest request, Authority authority)
    {
        var usages = request.Spec.Usages.OrEmpty();
        try
        {
            var parsed = ParsedRequest.Parse(request.Spec.Request);
            if (RequestRules.Check(request.Spec.SignerName, parsed, usages) is { } wrong) return wrong;
            request.Status.Certificate = authority.Sign(parsed, usages, LifetimeOf(request), Time.GetUtcNow());
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return $"unable to parse csr \"{request.Metadata.Name}\": {e.Message}";
        }
    }

    private TimeSpan LifetimeOf(CertificateSigningRequest request)
    {
        if (request.Spec.ExpirationSeconds is not { } seconds || TimeSpan.FromSeconds(seconds) is var asked && asked > _lifetime) return _lifetime;
        return asked > Shortest ? asked : Shortest;
    }
}
