using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Admission.Certificates;

/// <summary>Whether a user may act for a signer: on its name, or on all names of its domain (example.com/*).</summary>
internal static class SignerAccess
{
    public static async ValueTask<bool> IsAllowedAsync(IAuthorizer authorizer, AdmissionRequest request, string verb, string signer)
    {
        var slash = signer.IndexOf('/', StringComparison.Ordinal);
        return await MayAsync(authorizer, request, verb, signer)
            || (slash >= 0 && await MayAsync(authorizer, request, verb, signer[..slash] + "/*"));
    }

    private static async ValueTask<bool> MayAsync(IAuthorizer authorizer, AdmissionRequest request, string verb, string name)
    {
        var question = AuthorizerAttributes.ForResource(request.User, verb, "certificates.k8s.io", "signers", name: name);
        return (await authorizer.AuthorizeAsync(question, request.Context.Cancelled)).IsAllowed;
    }
}
