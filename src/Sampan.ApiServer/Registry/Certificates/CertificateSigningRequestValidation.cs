using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Certificates;

/// <summary>Checks of certificate signing requests. Upstream: pkg/apis/certificates/validation.</summary>
internal static class CertificateSigningRequestValidation
{
    private const string LegacySigner = "kubernetes.io/legacy-unknown";
    private const int ShortestSeconds = 600;

    private static readonly string[] Usages =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only",
        "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement",
        "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ];

    private static readonly string[] Verdicts = ["Approved", "Denied"];
    private static readonly string[] TrueOnly = [.. Verdicts, "Failed"];

    public static void Validate(CertificateSigningRequest request, CertificateSigningRequest? old, FieldErrors errors)
    {
        if (old is null)
        {
            ValidateSpec(request.Spec, FieldPath.Of("spec"), errors);
        }
        ValidateConditions(request.Status.Conditions, FieldPath.Of("status").Child("conditions"), errors);
        var touched = old is null || !request.Status.Certificate.AsSpan().SequenceEqual(old.Status.Certificate);
        if (touched && PemChecks.ComplaintAboutCertificates(request.Status.Certificate) is { } complaint)
        {
            errors.Invalid(FieldPath.Of("status").Child("certificate"), "<certificate data>", complaint);
        }
    }

    public static void ValidateUpdate(
        CertificateSigningRequest request, CertificateSigningRequest old, bool mayApprove, bool mayIssue, FieldErrors errors)
    {
        Validate(request, old, errors);
        var conditions = FieldPath.Of("status").Child("conditions");
        foreach (var type in TrueOnly.Where(type => Of(request, type).Count < Of(old, type).Count))
        {
            errors.Forbidden(conditions, $"updates may not remove a condition of type \"{type}\"");
        }
        foreach (var type in mayApprove ? [] : Verdicts)
        {
            var (now, was) = (Of(request, type), Of(old, type));
            if (now.Count > was.Count)
            {
                errors.Forbidden(conditions, $"updates may not add a condition of type \"{type}\"");
            }
            else if (now.Count == was.Count && !now.Zip(was).All(pair => pair.First.DeepEquals(pair.Second)))
            {
                errors.Forbidden(conditions, $"updates may not modify a condition of type \"{type}\"\n{GoDiff.Of(was, now)}");
            }
        }
        if (request.Status.Certificate.AsSpan().SequenceEqual(old.Status.Certificate))
        {
            return;
        }
        if (!mayIssue)
        {
            errors.Forbidden(FieldPath.Of("status").Child("certificate"), "updates may not set certificate content");
        }
        else if (old.Status.Certificate is { Length: > 0 })
        {
            errors.Forbidden(FieldPath.Of("status").Child("certificate"), "updates may not modify existing certificate content");
        }
    }

    private static List<CertificateSigningRequestCondition> Of(CertificateSigningRequest request, string type) =>
        [.. request.Status.Conditions.OrEmpty().Where(condition => condition.Type == type)];

    private static void ValidateSpec(CertificateSigningRequestSpec spec, FieldPath path, FieldErrors errors)
    {
        if (PemChecks.ComplaintAboutRequest(spec.Request) is { } complaint)
        {
            errors.Invalid(path.Child("request"), Convert.ToBase64String(spec.Request), complaint);
        }
        if (spec.Usages.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("usages"));
        }
        foreach (var (index, usage) in spec.Usages.OrEmpty().Index())
        {
            if (!Usages.Contains(usage))
            {
                errors.NotSupported(path.Child("usages").Index(index), usage, Usages);
            }
        }
        var seen = new HashSet<string>();
        foreach (var (index, usage) in spec.Usages.OrEmpty().Index())
        {
            if (!seen.Add(usage))
            {
                errors.Duplicate(path.Child("usages").Index(index), usage);
            }
        }
        if (spec.SignerName == LegacySigner)
        {
            errors.Invalid(path.Child("signerName"), spec.SignerName, "the legacy signerName is not allowed via this API version");
        }
        else
        {
            SignerNameValidation.Validate(spec.SignerName, path.Child("signerName"), errors);
        }
        if (spec.ExpirationSeconds < ShortestSeconds)
        {
            errors.Invalid(
                path.Child("expirationSeconds"), spec.ExpirationSeconds, "may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static void ValidateConditions(List<CertificateSigningRequestCondition>? conditions, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (var (index, condition) in conditions.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (condition.Type.Length == 0)
            {
                errors.Required(at.Child("type"));
            }
            string[] allowed = TrueOnly.Contains(condition.Type) ? ["True"] : ["False", "True", "Unknown"];
            Validation.FieldChecks.RequiredOneOf(at.Child("status"), condition.Status, errors, allowed);
            var other = condition.Type switch { "Approved" => "Denied", "Denied" => "Approved", _ => null };
            if (other is not null && seen.Contains(other))
            {
                errors.Invalid(path, condition.Type, "Approved and Denied conditions are mutually exclusive");
            }
            if (!seen.Add(condition.Type))
            {
                errors.Duplicate(at.Child("type"), condition.Type);
            }
        }
    }
}
