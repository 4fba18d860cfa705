using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authentication.ServiceAccounts;
using Sampan.ApiServer.Authentication.Tokens;
using Sampan.ApiServer.Authentication.X509;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Composition;

/// <summary>What the options say of authentication, put together.</summary>
internal sealed class AuthenticationParts
{
    public AuthenticationParts(AuthenticationOptions options, IObjectSource objects, TimeProvider time, MetricRegistry metrics, ILoggerFactory logs)
    {
        ServiceAccounts = ServiceAccountsOf(options);
        SecretTokenUses = new SecretTokenUses(time);
        Tokens = TokensOf(options, objects, time, logs);
        var authenticators = new List<IAuthenticator>();
        if (options.RequestHeaderAuthorities is { } proxies)
            authenticators.Add(new FrontProxyAuthenticator(VerifierOf(proxies, time), options.RequestHeaderNames));
        if (options.ClientCertificateAuthorities is { } authorities)
            authenticators.Add(new X509Authenticator(VerifierOf(authorities, time), time, metrics));
        authenticators.Add(new BearerAuthenticator(Tokens, ServiceAccounts.ApiAudiences, logs.CreateLogger<BearerAuthenticator>()));
        Requests = new RequestAuthenticator(authenticators, options.AllowAnonymous);
        TokenRequests = new TokenRequests(ServiceAccounts, objects, time);
        OpenId = new OpenIdDocuments(ServiceAccounts);
    }

    public ServiceAccountOptions ServiceAccounts { get; }

    public SecretTokenUses SecretTokenUses { get; }

    public ITokenAuthenticator Tokens { get; }

    public IAuthenticator Requests { get; }

    public TokenRequests TokenRequests { get; }

    public OpenIdDocuments OpenId { get; }

    /// <summary>Whom the server trusts to sign the certificates of clients and of proxies.</summary>
    public List<AuthorityBundle> Authorities { get; } = [];

    private ClientCertificateVerifier VerifierOf(Func<string> authorities, TimeProvider time)
    {
        var bundle = new AuthorityBundle(authorities);
        Authorities.Add(bundle);
        return new ClientCertificateVerifier(bundle, time);
    }

    private TokenAuthenticators TokensOf(AuthenticationOptions options, IObjectSource objects, TimeProvider time, ILoggerFactory logs)
    {
        var tokens = new List<ITokenAuthenticator>();
        if (options.TokenFile is { } file) tokens.Add(TokenFile.Load(file));
        tokens.Add(new ServiceAccountAuthenticator(ServiceAccounts, objects, SecretTokenUses, time, logs.CreateLogger<ServiceAccountAuthenticator>()));
        if (options.EnableBootstrapTokens) tokens.Add(new BootstrapTokens(objects, time));
        return new TokenAuthenticators([.. tokens]);
    }

    private static ServiceAccountOptions ServiceAccountsOf(AuthenticationOptions options)
    {
        var signing = options.ServiceAccountSigningKey is { } pem ? PemKeys.ReadSigningKey(pem, "the service account signing key") : null;
        var keys = options.ServiceAccountKeys.SelectMany(key => PemKeys.ReadPublicKeys(key, "the service account keys")).ToList();
        if (signing is not null && keys.All(key => key.Id != signing.PublicKey.Id)) keys.Insert(0, signing.PublicKey);
        return new ServiceAccountOptions
        {
            PublicKeys = keys,
            SigningKey = signing,
            Issuers = options.ServiceAccountIssuers,
            ApiAudiences = options.ApiAudiences.Count > 0 ? options.ApiAudiences : options.ServiceAccountIssuers,
            MaxExpiration = options.MaximumTokenExpiration,
            ExtendExpiration = options.ExtendTokenExpiration,
            JwksUri = options.JwksUri,
        };
    }
}
