using System.Text;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Secrets: stringData goes into data, and each type has the keys it needs.</summary>
internal sealed class SecretStrategy : Strategy<Secret>
{
    private const int MaxBytes = 1024 * 1024;
    private const string AccountName = "kubernetes.io/service-account.name";

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["type"];

    protected override IReadOnlyList<string> SelectableFieldValues(Secret secret) => [secret.Type ?? ""];

    protected override void Default(Secret secret)
    {
        foreach (var (key, value) in secret.StringData.OrEmpty())
        {
            secret.Data ??= [];
            secret.Data[key] = Encoding.UTF8.GetBytes(value);
        }
        secret.StringData = null;
        if (string.IsNullOrEmpty(secret.Type))
        {
            secret.Type = "Opaque";
        }
    }

    protected override void Validate(WriteContext context, Secret secret, FieldErrors errors)
    {
        var data = secret.Data.OrEmpty();
        foreach (var key in data.Keys)
        {
            errors.Invalid(FieldPath.Of("data").Key(key), key, Names.IsConfigMapKey(key));
        }
        if (data.Values.Sum(value => (long)value.Length) > MaxBytes)
        {
            errors.TooLong(FieldPath.Of("data"), MaxBytes);
        }
        ValidateType(secret, data, errors);
    }

    protected override void ValidateUpdate(WriteContext context, Secret secret, Secret old, FieldErrors errors)
    {
        if (secret.Type != old.Type)
        {
            errors.Invalid(FieldPath.Of("type"), secret.Type, "field is immutable");
        }
        if (old.Immutable == true)
        {
            if (secret.Immutable != true)
            {
                errors.Forbidden(FieldPath.Of("immutable"), "field is immutable when `immutable` is set");
            }
            if (!ImmutableData.SameBytes(secret.Data, old.Data))
            {
                errors.Forbidden(FieldPath.Of("data"), "field is immutable when `immutable` is set");
            }
        }
        Validate(context, secret, errors);
    }

    protected override IEnumerable<string> Warnings(WriteContext context, Secret secret, Secret? old) =>
        secret.Type == "kubernetes.io/tls" && KeyPairs.ComplaintAbout(secret.Data.OrEmpty()) is { } complaint ? [complaint] : [];

    private static void ValidateType(Secret secret, IReadOnlyDictionary<string, byte[]> data, FieldErrors errors)
    {
        var path = FieldPath.Of("data");
        switch (secret.Type)
        {
            case "kubernetes.io/service-account-token":
                if (string.IsNullOrEmpty(secret.Metadata.Annotations.OrEmpty().GetValueOrDefault(AccountName)))
                {
                    errors.Required(FieldPath.Of("metadata").Child("annotations").Key(AccountName));
                }
                break;
            case "kubernetes.io/dockercfg":
                RequireJson(path, ".dockercfg", data, errors);
                break;
            case "kubernetes.io/dockerconfigjson":
                RequireJson(path, ".dockerconfigjson", data, errors);
                break;
            case "kubernetes.io/basic-auth" when !data.ContainsKey("username") && !data.ContainsKey("password"):
                errors.Required(path.Key("username"));
                errors.Required(path.Key("password"));
                break;
            case "kubernetes.io/ssh-auth" when data.GetValueOrDefault("ssh-privatekey") is not { Length: > 0 }:
                errors.Required(path.Key("ssh-privatekey"));
                break;
            case "kubernetes.io/tls":
                Require(path, "tls.crt", data, errors);
                Require(path, "tls.key", data, errors);
                break;
        }
    }

    private static void Require(FieldPath path, string key, IReadOnlyDictionary<string, byte[]> data, FieldErrors errors)
    {
        if (!data.ContainsKey(key))
        {
            errors.Required(path.Key(key));
        }
    }

    private static void RequireJson(FieldPath path, string key, IReadOnlyDictionary<string, byte[]> data, FieldErrors errors)
    {
        if (!data.TryGetValue(key, out var value))
        {
            errors.Required(path.Key(key));
            return;
        }
        if (ComplaintAboutJson(value) is { } complaint)
        {
            errors.Invalid(path.Key(key), "<secret contents redacted>", complaint);
        }
    }

    /// <summary>In the words of Go's decoder, which reads an object here.</summary>
    private static string? ComplaintAboutJson(byte[] value)
    {
        if (JsonSyntax.Error(value) is { } wrong)
        {
            return wrong;
        }
        var kind = (char)value.AsSpan().TrimStart(" \t\r\n"u8)[0] switch
        {
            '{' or 'n' => null,
            '"' => "string",
            '[' => "array",
            't' or 'f' => "bool",
            _ => "number",
        };
        return kind is null ? null : $"json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}";
    }
}
