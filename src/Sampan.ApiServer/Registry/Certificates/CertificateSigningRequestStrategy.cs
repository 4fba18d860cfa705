using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Certificates;

/// <summary>Certificate signing requests: the requester is recorded, the spec never changes, approval and certificate come separately.</summary>
internal sealed class CertificateSigningRequestStrategy() : SpecStatusStrategy<CertificateSigningRequest>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<CertificateSigningRequest> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        request => request.Status = new CertificateSigningRequestStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public UpdateStrategy Approval { get; } = new ApprovalPart();

    public override NameCheck NameCheck => NameChecks.None;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["spec.signerName"];

    protected override IReadOnlyList<string> SelectableFieldValues(CertificateSigningRequest request) => [request.Spec.SignerName];

    protected override void PrepareSpecForCreate(WriteContext context, CertificateSigningRequest request)
    {
        request.Spec.Username = context.User.Name;
        request.Spec.Uid = context.User.Uid;
        request.Spec.Groups = [.. context.User.Groups];
        request.Spec.Extra = context.User.Extra.Count == 0 ? null : context.User.Extra.ToDictionary(one => one.Key, one => one.Value.ToList());
    }

    protected override void PrepareSpecForUpdate(WriteContext context, CertificateSigningRequest request, CertificateSigningRequest old) =>
        request.Spec = old.Spec;

    protected override void PrepareStatusForUpdate(WriteContext context, CertificateSigningRequest request, CertificateSigningRequest old) =>
        FillTimes(context, request, old);

    protected override void Validate(WriteContext context, CertificateSigningRequest request, FieldErrors errors) =>
        CertificateSigningRequestValidation.Validate(request, null, errors);

    protected override void ValidateUpdate(
        WriteContext context, CertificateSigningRequest request, CertificateSigningRequest old, FieldErrors errors) =>
        CertificateSigningRequestValidation.ValidateUpdate(request, old, mayApprove: false, mayIssue: false, errors);

    protected override void ValidateStatusUpdate(
        WriteContext context, CertificateSigningRequest request, CertificateSigningRequest old, FieldErrors errors) =>
        CertificateSigningRequestValidation.ValidateUpdate(request, old, mayApprove: false, mayIssue: true, errors);

    private static void FillTimes(WriteContext context, CertificateSigningRequest request, CertificateSigningRequest old)
    {
        var known = old.Status.Conditions.OrEmpty().ToLookup(one => (one.Type, one.Status));
        foreach (var condition in request.Status.Conditions.OrEmpty())
        {
            var had = known[(condition.Type, condition.Status)].FirstOrDefault();
            condition.LastUpdateTime ??= context.Now;
            condition.LastTransitionTime ??= had?.LastTransitionTime ?? context.Now;
        }
    }

    /// <summary>Approves or denies.</summary>
    private sealed class ApprovalPart : UpdateStrategy
    {
        public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
        {
            var (request, was) = ((CertificateSigningRequest)obj, (CertificateSigningRequest)old);
            request.Spec = was.Spec;
            request.Status.Certificate = was.Status.Certificate;
            FillTimes(context, request, was);
        }

        public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
        {
            var errors = new FieldErrors();
            CertificateSigningRequestValidation.ValidateUpdate(
                (CertificateSigningRequest)obj, (CertificateSigningRequest)old, mayApprove: true, mayIssue: false, errors);
            return errors;
        }
    }
}
