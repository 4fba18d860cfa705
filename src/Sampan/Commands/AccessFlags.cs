using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Sampan.Client;
using Sampan.Client.Access;

namespace Sampan.Commands;

/// <summary>
/// Who may see what a component serves, under upstream's flag names: with --authorization-kubeconfig the API server decides, without it
/// whoever reaches --bind-address may.
/// </summary>
internal sealed class AccessFlags
{
    private readonly Option<string?> _authentication = new("--authentication-kubeconfig") { Description = "How to reach the API server that says whose a token is." };
    private readonly Option<string?> _authorization = new("--authorization-kubeconfig") { Description = "How to reach the API server that says who may see metrics and settings (default: whoever reaches --bind-address)." };
    private readonly Option<bool> _skipLookup = new("--authentication-skip-lookup") { Description = "Do not ask the API server for the authorities of client certificates." };
    private readonly Option<string?> _clientCa = new("--client-ca-file") { Description = "Who signs client certificates (default: as the API server publishes it); read again when it changes." };
    private readonly Option<string> _open = new("--authorization-always-allow-paths") { Description = "Paths for everyone.", DefaultValueFactory = _ => "/healthz,/readyz,/livez" };
    private readonly DurationFlag _tokens = new("--authentication-token-webhook-cache-ttl", TimeSpan.FromSeconds(10), "For how long an answer about a token counts.");
    private readonly DurationFlag _allowed = new("--authorization-webhook-cache-authorized-ttl", TimeSpan.FromSeconds(10), "For how long a permission counts.");
    private readonly DurationFlag _denied = new("--authorization-webhook-cache-unauthorized-ttl", TimeSpan.FromSeconds(10), "For how long a refusal counts.");

    public void AddTo(Command command)
    {
        Option[] all = [_authentication, _authorization, _skipLookup, _clientCa, _open, _tokens.Option, _allowed.Option, _denied.Option];
        foreach (var option in all) command.Options.Add(option);
    }

    public DelegatedAccess? Of(ParseResult result)
    {
        if (result.GetValue(_authorization) is not { Length: > 0 } authorization) return null;
        var authentication = result.GetValue(_authentication) is { Length: > 0 } path ? ClientOf(path) : null;
        return new(new()
        {
            Authorization = ClientOf(authorization),
            Authentication = authentication,
            ClientAuthorities = Authorities(result, authentication),
            AlwaysAllowed = result.GetValue(_open)!.Split(',', StringSplitOptions.RemoveEmptyEntries),
            TokenTtl = _tokens.Value(result),
            AllowedTtl = _allowed.Value(result),
            DeniedTtl = _denied.Value(result),
        });
    }

    private Func<CancellationToken, ValueTask<X509Certificate2Collection?>>? Authorities(ParseResult result, ApiClient? authentication)
    {
        if (result.GetValue(_clientCa) is { Length: > 0 } file)
        {
            var given = new FileValue<X509Certificate2Collection>(
                texts =>
                {
                    var authorities = new X509Certificate2Collection();
                    authorities.ImportFromPem(texts[0]);
                    return authorities;
                },
                file);
            return _ => ValueTask.FromResult<X509Certificate2Collection?>(given.Current);
        }

        return authentication is null || result.GetValue(_skipLookup) ? null : new ClusterAuthorities(authentication, TimeProvider.System).GetAsync;
    }

    private static ApiClient ClientOf(string kubeconfig) => new(Kubeconfig.Load(kubeconfig).ToClientConfig());
}
