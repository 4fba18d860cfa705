using System.Globalization;
using System.Text;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Bootstrap;

/// <summary>Bootstrap tokens as Secrets of kube-system.</summary>
internal static class BootstrapTokens
{
    public const string SecretType = "bootstrap.kubernetes.io/token";
    public const string Namespace = "kube-system";

    public static string? Text(Secret secret, string key) =>
        secret.Data?.GetValueOrDefault(key) is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>When the token ends; null for never. One that cannot be read has ended.</summary>
    public static DateTimeOffset? EndOf(Secret secret)
    {
        if (Text(secret, "expiration") is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end : DateTimeOffset.MinValue;
    }

    /// <summary>The id of a token that signs the cluster's information; null for others.</summary>
    public static string? SignerId(Secret secret, DateTimeOffset now) =>
        secret.Type == SecretType && Text(secret, "token-id") is { } id && secret.Metadata.Name == "bootstrap-token-" + id
        && Text(secret, "token-secret") is not null && Text(secret, "usage-bootstrap-signing") == "true"
        && !(EndOf(secret) <= now) ? id : null;
}
