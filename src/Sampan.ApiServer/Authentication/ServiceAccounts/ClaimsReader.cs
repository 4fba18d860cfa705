using System.Text.Json;

namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>Reads a token's claims. Whatever the bytes are, the answer is claims or null.</summary>
internal static class ClaimsReader
{
    /// <summary>The issuer of tokens that the token controller keeps in Secrets, whose claims are flat and never expire.</summary>
    public const string SecretTokenIssuer = "kubernetes/serviceaccount";

    private const string FlatPrefix = "kubernetes.io/serviceaccount/";
    private const double MaxUnixSeconds = 253402300799;

    public static ServiceAccountClaims? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static ServiceAccountClaims? Read(JsonElement root)
    {
        var issuer = Text(root, "iss");
        var claims = issuer == SecretTokenIssuer ? ReadFlat(root, issuer) : ReadBound(root, issuer);
        return claims is not null && claims.Subject == Text(root, "sub") ? claims : null;
    }

    private static ServiceAccountClaims? ReadBound(JsonElement root, string issuer)
    {
        if (!root.TryGetProperty("kubernetes.io", out var binding) || binding.ValueKind != JsonValueKind.Object
            || Name(binding, "serviceaccount") is not { } serviceAccount)
            return null;
        return new ServiceAccountClaims
        {
            Issuer = issuer,
            Namespace = Text(binding, "namespace"),
            ServiceAccount = serviceAccount,
            Pod = Name(binding, "pod"),
            Secret = Name(binding, "secret"),
            Node = Name(binding, "node"),
            WarnAfter = Time(binding, "warnafter"),
            Audiences = Audiences(root),
            IssuedAt = Time(root, "iat"),
            NotBefore = Time(root, "nbf"),
            Expires = Time(root, "exp"),
            Id = Text(root, "jti"),
        };
    }

    private static ServiceAccountClaims? ReadFlat(JsonElement root, string issuer)
    {
        var name = Text(root, FlatPrefix + "service-account.name");
        var secret = Text(root, FlatPrefix + "secret.name");
        if (name.Length == 0 || secret.Length == 0)
            return null;
        return new ServiceAccountClaims
        {
            Issuer = issuer,
            Namespace = Text(root, FlatPrefix + "namespace"),
            ServiceAccount = new ObjectName(name, Text(root, FlatPrefix + "service-account.uid")),
            Secret = new ObjectName(secret, ""),
        };
    }

    private static string Text(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static ObjectName? Name(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Object
            ? new ObjectName(Text(value, "name"), Text(value, "uid"))
            : null;

    /// <summary>A single text stands for a list of one.</summary>
    private static List<string> Audiences(JsonElement root)
    {
        if (!root.TryGetProperty("aud", out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).ToList(),
            _ => [],
        };
    }

    private static DateTimeOffset? Time(JsonElement parent, string property)
    {
        if (!parent.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        var seconds = value.GetDouble();
        if (!(seconds >= 0 && seconds <= MaxUnixSeconds))
            throw new FormatException($"{property} is not a time");
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
    }
}
