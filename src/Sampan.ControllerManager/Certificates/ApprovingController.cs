using System.Security.Cryptography;
using Sampan.Api.Authorization.V1;
using Sampan.Api.Certificates.V1;

namespace Sampan.ControllerManager.Certificates;

/// <summary>
/// Approves the client certificates that kubelets ask for, when authorization lets the asker create them. Upstream:
/// pkg/controller/certificates/approver.
/// </summary>
internal sealed class ApprovingController : Controller
{
    private readonly Informer<CertificateSigningRequest> _requests;

    public ApprovingController(ControllerContext context)
        : base("certificatesigningrequest-approving-controller", context) =>
        _requests = Watch<CertificateSigningRequest>(r => r.Spec.SignerName == SignerNames.KubeletClient ? [KeyOf(r)] : []);

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_requests.Get(key) is not { } request || request.IsIssued() || !IsUndecided(request)) return ReconcileResult.Done;
        if (ParsedOf(request) is not { } parsed || RequestRules.KubeletClient(parsed, request.Spec.Usages.OrEmpty()) is not null) return ReconcileResult.Done;
        var isSelf = request.Spec.Username == parsed.CommonName;
        if (isSelf && await MayAsync(request, "selfnodeclient", cancellationToken))
            await ApproveAsync(request, "Auto approving self kubelet client certificate after SubjectAccessReview.", cancellationToken);
        else if (await MayAsync(request, "nodeclient", cancellationToken))
            await ApproveAsync(request, "Auto approving kubelet client certificate after SubjectAccessReview.", cancellationToken);
        else
            throw new StatusException($"recognized csr \"{key.Name}\" as [{(isSelf ? "selfnodeclient " : "")}nodeclient] but subject access review was not approved");
        return ReconcileResult.Done;
    }

    private static bool IsUndecided(CertificateSigningRequest request) =>
        request.Condition(RequestStates.Approved) is null && request.Condition(RequestStates.Denied) is null;

    private static ParsedRequest? ParsedOf(CertificateSigningRequest request)
    {
        try
        {
            return ParsedRequest.Parse(request.Spec.Request);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<bool> MayAsync(CertificateSigningRequest request, string subresource, CancellationToken cancellationToken)
    {
        var review = await Client.CreateAsync(
            new SubjectAccessReview
            {
                Spec = new SubjectAccessReviewSpec
                {
                    User = request.Spec.Username,
                    Uid = request.Spec.Uid,
                    Groups = request.Spec.Groups,
                    Extra = request.Spec.Extra,
                    ResourceAttributes = new ResourceAttributes
                    {
                        Group = "certificates.k8s.io", Resource = "certificatesigningrequests", Verb = "create", Version = "*", Subresource = subresource,
                    },
                },
            },
            cancellationToken);
        return review.Status.Allowed;
    }

    private async Task ApproveAsync(CertificateSigningRequest request, string message, CancellationToken cancellationToken)
    {
        var copy = request.DeepClone();
        RequestStates.Add(copy, RequestStates.Approved, "AutoApproved", message, Time.GetUtcNow());
        await Direct(_requests).ReplaceAsync(copy, "approval", null, cancellationToken);
    }
}
