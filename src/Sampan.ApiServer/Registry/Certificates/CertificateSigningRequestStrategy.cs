using Sampan.Api;
using Sampan.Api.Certificates.V1;

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
        // Whoever signs may add that it failed, but not approve.
        request.Status.Conditions = Merged(request.Status.Conditions, old.Status.Conditions, type => type is "Approved" or "Denied", context);

    protected override void Validate(WriteContext context, CertificateSigningRequest request, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (request.Spec.SignerName.Length == 0)
        {
            errors.Required(path.Child("signerName"));
        }
        if (request.Spec.Usages.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("usages"));
        }
        if (!IsPemRequest(request.Spec.Request))
        {
            errors.Invalid(path.Child("request"), request.Spec.Request, "PEM block type must be CERTIFICATE REQUEST");
        }
        if (request.Spec.ExpirationSeconds is { } seconds and < 600)
        {
            errors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static bool IsPemRequest(byte[] bytes) =>
        bytes.AsSpan().IndexOf("-----BEGIN CERTIFICATE REQUEST-----"u8) >= 0 || bytes.AsSpan().IndexOf("-----BEGIN NEW CERTIFICATE REQUEST-----"u8) >= 0;

    /// <summary>Conditions of the kept types come from the old status, the others from the new one; times are filled in.</summary>
    private static List<CertificateSigningRequestCondition>? Merged(
        List<CertificateSigningRequestCondition>? now, List<CertificateSigningRequestCondition>? old, Func<string, bool> keeps, WriteContext context)
    {
        var merged = old.OrEmpty().Where(one => keeps(one.Type)).Concat(now.OrEmpty().Where(one => !keeps(one.Type))).ToList();
        foreach (var condition in merged)
        {
            condition.LastUpdateTime ??= context.Now;
            condition.LastTransitionTime ??= context.Now;
            condition.Status = condition.Status.Length == 0 ? "True" : condition.Status;
        }
        return merged.Count == 0 ? null : merged;
    }

    /// <summary>Approves or denies.</summary>
    private sealed class ApprovalPart : UpdateStrategy
    {
        public override void PrepareForUpdate(WriteContext context, IObject obj, IObject old)
        {
            var (request, was) = ((CertificateSigningRequest)obj, (CertificateSigningRequest)old);
            request.Spec = was.Spec;
            request.Status.Certificate = was.Status.Certificate;
            request.Status.Conditions = Merged(request.Status.Conditions, null, _ => false, context);
        }

        public override FieldErrors ValidateUpdate(WriteContext context, IObject obj, IObject old)
        {
            var errors = new FieldErrors();
            var types = ((CertificateSigningRequest)obj).Status.Conditions.OrEmpty().Select(condition => condition.Type).ToHashSet();
            if (types.Contains("Approved") && types.Contains("Denied"))
            {
                errors.Invalid(FieldPath.Of("status").Child("conditions"), "Denied", "Approved and Denied conditions are mutually exclusive");
            }
            foreach (var had in ((CertificateSigningRequest)old).Status.Conditions.OrEmpty().Where(condition => !types.Contains(condition.Type)))
            {
                errors.Forbidden(FieldPath.Of("status").Child("conditions"), $"updates may not remove a condition of type \"{had.Type}\"");
            }
            return errors;
        }
    }
}
