using Sampan.Api.Certificates.V1;

namespace Sampan.ControllerManager.Certificates;

/// <summary>How far a signing request has come.</summary>
internal static class RequestStates
{
    public const string Approved = "Approved";
    public const string Denied = "Denied";
    public const string Failed = "Failed";

    public static CertificateSigningRequestCondition? Condition(this CertificateSigningRequest request, string type) =>
        request.Status.Conditions?.Find(c => c.Type == type);

    /// <summary>Denial is the last word.</summary>
    public static bool IsApproved(this CertificateSigningRequest request) =>
        request.Condition(Approved) is not null && request.Condition(Denied) is null;

    public static bool IsIssued(this CertificateSigningRequest request) => request.Status.Certificate is { Length: > 0 };

    public static void Add(CertificateSigningRequest request, string type, string reason, string message, DateTimeOffset now) =>
        (request.Status.Conditions ??= []).Add(new CertificateSigningRequestCondition
        {
            Type = type, Status = "True", Reason = reason, Message = message, LastUpdateTime = now, LastTransitionTime = now,
        });
}
