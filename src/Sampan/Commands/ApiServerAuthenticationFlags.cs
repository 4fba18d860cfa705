using System.CommandLine;
using Sampan.Api;
using Sampan.ApiServer;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.Kubelet.Certificates;

namespace Sampan.Commands;

/// <summary>How `sampan kube-apiserver` finds out who sends a request.</summary>
internal static class ApiServerAuthenticationFlags
{
    private static readonly Option<bool> AnonymousAuth = new("--anonymous-auth") { Description = "Let requests without credentials in, as system:anonymous.", DefaultValueFactory = _ => true };
    private static readonly Option<string?> ClientCa = new("--client-ca-file") { Description = "Who may sign client certificates." };
    private static readonly Option<string?> TokenAuthFile = new("--token-auth-file") { Description = "Fixed tokens: token,user,uid,\"group,…\" per line." };
    private static readonly Option<bool> BootstrapTokens = new("--enable-bootstrap-token-auth") { Description = "Accept bootstrap tokens, which new nodes join with.", DefaultValueFactory = _ => true };
    private static readonly Option<string?> ProxyCa = new("--requestheader-client-ca-file") { Description = "Who signs the certificates of proxies that name their users in X-Remote headers." };
    private static readonly Option<string[]> ProxyNames = new("--requestheader-allowed-names") { Arity = ArgumentArity.ZeroOrMore, Description = "The common names such proxies have (default: any)." };
    private static readonly Option<string[]> AccountKeys = new("--service-account-key-file") { Description = "Keys that verify service account tokens." };
    private static readonly Option<string?> SigningKey = new("--service-account-signing-key-file") { Description = "The key that signs service account tokens." };
    private static readonly Option<string[]> Issuers = new("--service-account-issuer") { Description = "The issuers of service account tokens; the first is written into new ones." };
    private static readonly Option<string?> JwksUri = new("--service-account-jwks-uri") { Description = "Where others fetch the keys of service account tokens (default: below the issuer)." };
    private static readonly Option<string?> MaximumExpiration = new("--service-account-max-token-expiration") { Description = "Requests for longer-lived tokens are shortened to this, such as 24h." };
    private static readonly Option<bool> Extend = new("--service-account-extend-token-expiration") { Description = "Keep tokens of pods valid for a year, for clients that never read them again.", DefaultValueFactory = _ => true };
    private static readonly Option<string[]> Audiences = new("--api-audiences") { Description = "What tokens must be meant for (default: the issuers)." };

    public static void AddTo(Command command)
    {
        Option[] all =
        [
            AnonymousAuth, ClientCa, TokenAuthFile, BootstrapTokens, ProxyCa, ProxyNames, AccountKeys, SigningKey, Issuers, JwksUri, MaximumExpiration, Extend, Audiences,
        ];
        foreach (var option in all) command.Options.Add(option);
    }

    public static AuthenticationOptions Options(ParseResult result, PkiDirectory pki)
    {
        var issuers = result.GetValue(Issuers);
        return new AuthenticationOptions
        {
            AllowAnonymous = result.GetValue(AnonymousAuth),
            ClientCertificateAuthorities = Renewed(result.GetValue(ClientCa) ?? pki.CaFile),
            TokenFile = result.GetValue(TokenAuthFile),
            EnableBootstrapTokens = result.GetValue(BootstrapTokens),
            RequestHeaderAuthorities = Renewed(result.GetValue(ProxyCa) ?? pki.ProxyCaFile),
            RequestHeaderNames = ComponentFlags.Listed(result.GetValue(ProxyNames)),
            ServiceAccountKeys = [.. (result.GetValue(AccountKeys) ?? []).Select(File.ReadAllText)],
            ServiceAccountSigningKey = File.ReadAllText(result.GetValue(SigningKey) ?? pki.ServiceAccountKeyFile),
            ServiceAccountIssuers = issuers is { Length: > 0 } ? issuers : [AuthenticationOptions.ServiceAccountIssuer],
            JwksUri = result.GetValue(JwksUri),
            MaximumTokenExpiration = result.GetValue(MaximumExpiration) is { } text ? Time(text) : null,
            ExtendTokenExpiration = result.GetValue(Extend),
            ApiAudiences = ComponentFlags.Listed(result.GetValue(Audiences)),
        };
    }

    private static Func<string> Renewed(string path)
    {
        var file = new WatchedFiles<string>(() => File.ReadAllText(path), path);
        return () => file.Current;
    }

    private static TimeSpan Time(string text) => Duration.TryParse(text, out var duration)
        ? duration.ToTimeSpan()
        : throw new HostException($"{MaximumExpiration.Name}: \"{text}\" is no duration: write it as 24h or 90m");
}
