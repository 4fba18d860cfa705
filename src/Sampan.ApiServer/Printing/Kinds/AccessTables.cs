using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Rbac.V1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Who may do what, and certificates. Roles have the default columns.</summary>
internal static class AccessTables
{
    public static TableColumns RoleBindings { get; } = Bindings<RoleBinding>(b => b.RoleRef, b => b.Subjects);

    public static TableColumns ClusterRoleBindings { get; } = Bindings<ClusterRoleBinding>(b => b.RoleRef, b => b.Subjects);

    public static TableColumns CertificateSigningRequests { get; } = new TableColumns<CertificateSigningRequest>
    {
        Name<CertificateSigningRequest>(),
        Age<CertificateSigningRequest>(),
        Text<CertificateSigningRequest>("SignerName", "Who is asked to sign.", c => CellText.OrNone(c.Spec.SignerName)),
        Text<CertificateSigningRequest>("Requestor", "Who asks.", c => c.Spec.Username),
        Text<CertificateSigningRequest>("RequestedDuration", "For how long.", RequestedDuration),
        Text<CertificateSigningRequest>("Condition", "What became of it.", ConditionOf),
    };

    private static TableColumns<T> Bindings<T>(Func<T, RoleRef> roleOf, Func<T, List<Subject>?> subjectsOf)
        where T : IObject => new()
        {
            Name<T>(),
            Text<T>("Role", "The role that is given.", b => $"{roleOf(b).Kind}/{roleOf(b).Name}"),
            Age<T>(),
            Text<T>("Users", "Users that have it.", b => Subjects(subjectsOf(b), "User")).Wide(),
            Text<T>("Groups", "Groups that have it.", b => Subjects(subjectsOf(b), "Group")).Wide(),
            Text<T>("ServiceAccounts", "Service accounts that have it.", b => Subjects(subjectsOf(b), "ServiceAccount")).Wide(),
        };

    private static string Subjects(List<Subject>? subjects, string kind) => string.Join(", ", subjects.OrEmpty()
        .Where(subject => subject.Kind == kind)
        .Select(subject => kind == "ServiceAccount" ? $"{subject.Namespace}/{subject.Name}" : subject.Name));

    private static string RequestedDuration(CertificateSigningRequest request) => request.Spec.ExpirationSeconds is { } seconds
        ? HumanDuration.Format(TimeSpan.FromSeconds(seconds))
        : CellText.None;

    private static string ConditionOf(CertificateSigningRequest request)
    {
        bool Has(string type) => request.Status.Conditions.OrEmpty().Any(condition => condition.Type == type);
        string state = Has("Denied") ? "Denied" : Has("Approved") ? "Approved" : "Pending";
        string failed = Has("Failed") ? ",Failed" : "";
        return state + failed + (request.Status.Certificate is { Length: > 0 } ? ",Issued" : "");
    }
}
