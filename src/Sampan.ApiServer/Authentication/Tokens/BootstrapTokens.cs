using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>
/// Tokens with which a node joins: <c>&lt;id&gt;.&lt;secret&gt;</c>, kept as the Secret <c>bootstrap-token-&lt;id&gt;</c> in kube-system.
/// </summary>
internal sealed partial class BootstrapTokens(IObjectSource objects, TimeProvider time) : ITokenAuthenticator
{
    private const string SecretType = "bootstrap.kubernetes.io/token";

    public ValueTask<TokenResult?> AuthenticateAsync(
        string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        var match = TokenForm().Match(token);
        return ValueTask.FromResult(match.Success && UserOf(match.Groups[1].Value, match.Groups[2].Value) is { } user
            ? new TokenResult(user, audiences)
            : null);
    }

    private UserInfo? UserOf(string id, string secret)
    {
        var stored = objects.Get<Secret>("kube-system", $"bootstrap-token-{id}");
        if (stored is null || stored.Metadata.DeletionTimestamp is not null || stored.Type != SecretType)
            return null;
        if (!IsSame(Text(stored, "token-secret"), secret) || Text(stored, "token-id") != id || IsExpired(stored))
            return null;
        if (Text(stored, "usage-bootstrap-authentication") != "true" || Groups(stored) is not { } groups)
            return null;
        return new UserInfo(UserNames.BootstrapPrefix + id, groups).Authenticated();
    }

    private bool IsExpired(Secret secret)
    {
        var text = Text(secret, "expiration");
        if (text.Length == 0)
            return false;
        return !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration)
            || time.GetUtcNow() >= expiration;
    }

    /// <summary>Null when a group has not the form of a bootstrapper's.</summary>
    private static List<string>? Groups(Secret secret)
    {
        var groups = new List<string> { UserNames.BootstrappersGroup };
        foreach (var group in Text(secret, "auth-extra-groups").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!GroupForm().IsMatch(group))
                return null;
            groups.Add(group);
        }

        return groups;
    }

    private static bool IsSame(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private static string Text(Secret secret, string key) =>
        secret.Data is { } data && data.TryGetValue(key, out var value) ? Encoding.UTF8.GetString(value) : "";

    [GeneratedRegex(@"\A([a-z0-9]{6})\.([a-z0-9]{16})\z")]
    private static partial Regex TokenForm();

    [GeneratedRegex(@"\Asystem:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]\z")]
    private static partial Regex GroupForm();
}
