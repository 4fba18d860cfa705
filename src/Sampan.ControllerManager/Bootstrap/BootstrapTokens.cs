using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Bootstrap;

/// <summary>Bootstrap tokens as Secrets of kube-system.</summary>
internal static partial class BootstrapTokens
{
    public const string SecretType = "bootstrap.kubernetes.io/token";
    public const string Namespace = "kube-system";

    public static string? Text(Secret secret, string key) =>
        secret.Data?.GetValueOrDefault(key) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>When the token ends; null for never. One that cannot be read has ended.</summary>
    public static DateTimeOffset? EndOf(Secret secret)
    {
        if (Text(secret, "expiration") is not { } text) return null;
        return Timestamp().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var end) ? end : DateTimeOffset.MinValue;
    }

    /// <summary>The id of a token that signs the cluster's information; null for others.</summary>
    public static string? SignerId(Secret secret, DateTimeOffset now) =>
        secret.Type == SecretType && Text(secret, "token-id") is { } id && IdPattern().IsMatch(id) && secret.Metadata.Name == "bootstrap-token-" + id
        && Text(secret, "token-secret") is not null && Text(secret, "usage-bootstrap-signing") == "true"
        && !(EndOf(secret) <= now) ? id : null;

    [GeneratedRegex("^[a-z0-9]{6}$")]
    private static partial Regex IdPattern();

    /// <summary>RFC 3339, and no other way to write a time.</summary>
    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$")]
    private static partial Regex Timestamp();
}
