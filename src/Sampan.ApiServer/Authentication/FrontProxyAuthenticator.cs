using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Authentication.X509;

namespace Sampan.ApiServer.Authentication;

/// <summary>
/// The user whom a trusted proxy names in <c>X-Remote-*</c> headers. The proxy proves itself with a client certificate
/// of the front-proxy authority, with one of the allowed common names.
/// </summary>
internal sealed class FrontProxyAuthenticator(ClientCertificateVerifier verifier, IReadOnlyCollection<string> allowedNames) : IAuthenticator
{
    private const string UserHeader = "X-Remote-User";
    private const string UidHeader = "X-Remote-Uid";
    private const string GroupHeader = "X-Remote-Group";
    private const string ExtraPrefix = "X-Remote-Extra-";

    public ValueTask<UserInfo?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        if (context.Connection.ClientCertificate is not { } certificate || headers[UserHeader].ToString() is not { Length: > 0 } name)
            return ValueTask.FromResult<UserInfo?>(null);
        if (verifier.Refusal(certificate) is not null)
            return ValueTask.FromResult<UserInfo?>(null);
        if (allowedNames.Count > 0 && !allowedNames.Contains(SubjectName.TryRead(certificate.SubjectName.RawData)?.CommonName ?? ""))
            throw StatusException.Unauthorized("Unauthorized");
        var groups = headers[GroupHeader].OfType<string>().ToList();
        var user = new UserInfo(name, groups, headers[UidHeader].ToString(), ExtraHeaders.Read(headers, ExtraPrefix));
        Strip(headers);
        return ValueTask.FromResult<UserInfo?>(user);
    }

    private static void Strip(IHeaderDictionary headers)
    {
        foreach (var key in headers.Keys.Where(k => k.StartsWith("X-Remote-", StringComparison.OrdinalIgnoreCase)).ToList())
            headers.Remove(key);
    }
}
