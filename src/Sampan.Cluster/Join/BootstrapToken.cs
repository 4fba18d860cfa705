using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sampan.Api.Core.V1;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Join;

/// <summary>
/// A token by which the cluster knows a machine that joins, written <c>abcdef.0123456789abcdef</c> and kept as the Secret
/// <c>kube-system/bootstrap-token-abcdef</c>, in kubeadm's form.
/// </summary>
public sealed partial record BootstrapToken(string Id, string Secret)
{
    public const string SecretType = "bootstrap.kubernetes.io/token", Namespace = "kube-system";
    private const string Prefix = "bootstrap-token-", UsagePrefix = "usage-bootstrap-", Form = @"\A([a-z0-9]{6})\.([a-z0-9]{16})\z";

    /// <summary>Null: it never ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    public string Description { get; init; } = "";

    /// <summary>In the order of the alphabet.</summary>
    public IReadOnlyList<string> Usages { get; init; } = ["authentication", "signing"];

    /// <summary>The groups of whoever has the token.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [JoinObjects.Bootstrappers];

    /// <exception cref="HostException">The text has another form.</exception>
    public static BootstrapToken Parse(string text) => Pattern().Match(text) is { Success: true } match
        ? new(match.Groups[1].Value, match.Groups[2].Value)
        : throw new HostException($"the bootstrap token \"{text}\" was not of the form \"{Form}\"");

    /// <param name="idOrToken">A token, or the part before its dot.</param>
    /// <exception cref="HostException">It is neither.</exception>
    public static string IdOf(string idOrToken) => idOrToken.Length == 6 && Pattern().IsMatch($"{idOrToken}.0123456789abcdef") ? idOrToken : Parse(idOrToken).Id;

    public static string SecretName(string id) => Prefix + id;

    /// <exception cref="HostException">The Secret is no token, or cannot be read as one; the message names it.</exception>
    public static BootstrapToken Of(Secret secret)
    {
        string id = Text(secret, "token-id"), name = secret.Metadata.Name ?? "";
        if (name != SecretName(id)) throw new HostException($"the Secret {name} is for the token \"{id}\", whose Secret has the name {SecretName(id)}");
        return Parse($"{id}.{Text(secret, "token-secret")}") with
        {
            Expires = ExpiresOf(secret),
            Description = Text(secret, "description"),
            Usages = [.. secret.Data!.Keys.Where(key => key.StartsWith(UsagePrefix, StringComparison.Ordinal) && Text(secret, key) == "true")
                .Select(key => key[UsagePrefix.Length..]).Order(StringComparer.Ordinal)],
            Groups = Text(secret, "auth-extra-groups").Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    public Secret ToSecret()
    {
        var data = new Dictionary<string, string> { ["token-id"] = Id, ["token-secret"] = Secret };
        if (Description.Length > 0) data["description"] = Description;
        if (Expires is { } end) data["expiration"] = TimeText(end);
        foreach (string usage in Usages) data[UsagePrefix + usage] = "true";
        if (Groups.Count > 0) data["auth-extra-groups"] = string.Join(',', Groups);
        return new()
        {
            Metadata = new() { Name = SecretName(Id), Namespace = Namespace },
            Type = SecretType,
            Data = data.ToDictionary(p => p.Key, p => Encoding.UTF8.GetBytes(p.Value)),
        };
    }

    /// <summary>As RFC 3339 writes it, in UTC.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Id}.{Secret}";

    private static DateTimeOffset? ExpiresOf(Secret secret)
    {
        string text = Text(secret, "expiration");
        if (text.Length == 0) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? end
            : throw new HostException($"can't parse expiration time of bootstrap token \"{secret.Metadata.Name}\": \"{text}\"");
    }

    private static string Text(Secret secret, string key) => secret.Data?.GetValueOrDefault(key) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    [GeneratedRegex(Form)]
    private static partial Regex Pattern();
}
